// Models: language models behind OpenAI-compatible endpoints, /embeddings and /chat/completions. Off unless node.toml has a section.
//
//   check(settings, "embeddings", environment, problems);     // at start, all mistakes at once
//   Embedder embedder(settings, environment);
//   embedder.embed(texts);                                    // one request; throws Failure, which says what to do about it
//   Pause pause(clock);  pause.failed(failure);               // how long a worker leaves an endpoint alone after that
//
// An endpoint is a stranger: it may hang, lie and answer with anything. Every answer has a limit of time and bytes and is held against
// what was asked; what is wrong is a Failure in words. Calls block: they belong on a worker's thread, never on the way of a request.
// Of a key only the name of its variable is ever shown; what an endpoint answers is never logged, since it may repeat what was sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"
#include "io/clock.h"

namespace jingwei::models {

constexpr int kTimeoutMsMin = 100;
constexpr int kTimeoutMsMax = 120'000;
constexpr int kBatchMax = 256;             ///< texts in one request
constexpr int kDimensionsMax = 4'096;
constexpr int kPauseFirstMs = 1'000;       ///< after a first failure; twice as long after each further one
constexpr int kPauseMsMax = 300'000;
constexpr int kRetryAfterMsMax = 3'600'000;  ///< of what an endpoint asks for

// ---- settings -----------------------------------------------------------------------------------------------------

struct EndpointSettings {
  std::string url;           ///< "https://models.example/v1"; the path of the act is added to it
  std::string model;
  std::string key_variable;  ///< name of the environment variable that holds the key; empty: the endpoint wants none
  std::string ca_file;       ///< certificates to trust instead of the system's; empty: the system's
  int timeout_ms = 10'000;   ///< for a whole answer
  bool send_confidential = false;  ///< also texts that not everybody may read
};

struct EmbeddingsSettings : EndpointSettings {
  int dimensions = 0;  ///< numbers of a vector; an answer with another number is refused
  int batch = 32;      ///< texts in one request
};

/// Reads a variable of the environment; nullptr when it is not set.
using Environment = std::function<const char*(const char* name)>;

/// Adds what is wrong to `problems`, fields as "embeddings.url". A key may only travel encrypted or within the machine, and so may
/// confidential texts.
void check(const EndpointSettings& settings, const std::string& section, const Environment& environment, std::vector<InputProblem>& problems);
void check(const EmbeddingsSettings& settings, const std::string& section, const Environment& environment, std::vector<InputProblem>& problems);

// ---- failures -----------------------------------------------------------------------------------------------------

enum class Fault {
  text,     ///< the endpoint refuses what was asked, not us: asking again is useless
  access,   ///< it refuses us (key, address, model, certificate): somebody has to mend the settings
  unwell,   ///< it is down, slow, overloaded or answers nonsense: later it may be well
  stopped,  ///< stop() was called
};
BOOST_DESCRIBE_ENUM(Fault, text, access, unwell, stopped)

class Failure : public std::exception {
 public:
  Failure(Fault fault, Bilingual reason, int retry_after_ms = 0) : fault_(fault), reason_(std::move(reason)), retry_after_ms_(retry_after_ms) {}
  Fault fault() const { return fault_; }
  const Bilingual& reason() const { return reason_; }
  int retry_after_ms() const { return retry_after_ms_; }  ///< as the endpoint asks; 0: it does not say
  const char* what() const noexcept override { return reason_.en.c_str(); }

 private:
  Fault fault_;
  Bilingual reason_;
  int retry_after_ms_;
};

/// How long an endpoint is left alone: a dead one costs one request in five minutes and nobody's time. Used by one thread.
class Pause {
 public:
  explicit Pause(io::Clock& clock) : clock_(clock) {}
  void succeeded();
  void failed(const Failure& failure);
  /// Milliseconds until the next try; 0: now.
  int left_ms() const;
  int failures() const { return failures_; }  ///< in a row

 private:
  io::Clock& clock_;
  int failures_ = 0;
  std::int64_t until_us_ = 0;
};

// ---- endpoints ----------------------------------------------------------------------------------------------------

class Endpoint;

/// Vectors of texts. One thread at a time; stop() from any.
class Embedder {
 public:
  /// Settings must have passed check().
  Embedder(const EmbeddingsSettings& settings, const Environment& environment);
  ~Embedder();
  /// One vector a text, in their order: `dimensions` finite numbers, not all 0. At most `batch` texts. Throws Failure.
  std::vector<std::vector<float>> embed(std::span<const std::string> texts);
  /// Ends a request under way; every later one fails as stopped.
  void stop();

 private:
  EmbeddingsSettings settings_;
  std::unique_ptr<Endpoint> endpoint_;
};

struct Question {
  std::string system;   ///< what the model is to do
  std::string user;     ///< what it is to do it with
  std::string name;     ///< of the schema: letters, digits and _
  json::object schema;  ///< JSON Schema of the answer, all members required and no others
};

/// Answers as JSON by a schema. One thread at a time; stop() from any.
class Chat {
 public:
  Chat(const EndpointSettings& settings, const Environment& environment);
  ~Chat();
  /// What the model says, as JSON. That it keeps to the schema is asked for (response_format, strict) and yet for the caller to check.
  /// Throws Failure.
  json::value ask(const Question& question);
  void stop();

 private:
  EndpointSettings settings_;
  std::unique_ptr<Endpoint> endpoint_;
};

}  // namespace jingwei::models
