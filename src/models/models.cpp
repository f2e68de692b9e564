#include "models/models.h"

#include <algorithm>

#include "base/check.h"
#include "models/internal/answers.h"
#include "models/internal/endpoint.h"

namespace jingwei::models {
namespace {

constexpr std::size_t kNumberBytesMax = 32;        // of one number of a vector, as text
constexpr std::size_t kFrameBytes = 64 * 1024;     // of what stands around the vectors
constexpr std::size_t kReplyBytesMax = 256 * 1024;

}  // namespace

// ---- pause --------------------------------------------------------------------------------------------------------

void Pause::succeeded() {
  failures_ = 0;
  until_us_ = 0;
}

void Pause::failed(const Failure& failure) {
  // A text that is refused says nothing about the endpoint.
  if (failure.fault() == Fault::text || failure.fault() == Fault::stopped) return;
  const int doublings = std::min(failures_++, 20);
  std::int64_t wait_ms = std::min<std::int64_t>(kPauseMsMax, std::int64_t{kPauseFirstMs} << doublings);
  if (failure.retry_after_ms() > 0) wait_ms = std::min(failure.retry_after_ms(), kRetryAfterMsMax);
  until_us_ = clock_.now().us + wait_ms * 1'000;
}

int Pause::left_ms() const { return static_cast<int>(std::clamp<std::int64_t>((until_us_ - clock_.now().us + 999) / 1'000, 0, kRetryAfterMsMax)); }

// ---- embeddings ---------------------------------------------------------------------------------------------------

Embedder::Embedder(const EmbeddingsSettings& settings, const Environment& environment)
    : settings_(settings), endpoint_(std::make_unique<Endpoint>(settings, environment)) {}
Embedder::~Embedder() = default;
void Embedder::stop() { endpoint_->stop(); }

std::vector<std::vector<float>> Embedder::embed(std::span<const std::string> texts) {
  CHECK(!texts.empty() && texts.size() <= static_cast<std::size_t>(settings_.batch));
  json::object body{{"model", settings_.model}, {"encoding_format", "float"}};
  body["input"] = json::array(texts.begin(), texts.end());
  const auto dimensions = static_cast<std::size_t>(settings_.dimensions);
  const std::size_t bytes_max = kFrameBytes + texts.size() * dimensions * kNumberBytesMax;
  return read_vectors(endpoint_->post("/embeddings", json::serialize(body), bytes_max), texts.size(), dimensions);
}

// ---- chat ---------------------------------------------------------------------------------------------------------

Chat::Chat(const EndpointSettings& settings, const Environment& environment)
    : settings_(settings), endpoint_(std::make_unique<Endpoint>(settings, environment)) {}
Chat::~Chat() = default;
void Chat::stop() { endpoint_->stop(); }

json::value Chat::ask(const Question& question) {
  json::object body{{"model", settings_.model}};
  body["messages"] = json::array{json::object{{"role", "system"}, {"content", question.system}}, json::object{{"role", "user"}, {"content", question.user}}};
  body["response_format"] = json::object{
      {"type", "json_schema"}, {"json_schema", json::object{{"name", question.name}, {"strict", true}, {"schema", question.schema}}}};
  return read_reply(endpoint_->post("/chat/completions", json::serialize(body), kReplyBytesMax));
}

}  // namespace jingwei::models
