// What a caller did wrong, said so that the caller can mend it.
//
// A command or parser that must not go on throws Rejected with every problem it found, not only the first. Only `api` and
// the command line catch it: one table (src/api/problem.h) turns codes into RFC 9457 problem details and exit codes.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei {

/// A sentence in both languages of the product.
struct Bilingual {
  std::string zh;
  std::string en;
  bool operator==(const Bilingual&) const = default;
};

/// Why something was refused. The HTTP status beside each is fixed in src/api/problem.cpp.
enum class Code {
  invalid,           ///< 422 the content breaks a rule; problems() says which
  malformed,         ///< 400 the bytes are not what they claim to be (JSON, CSV, COSE...)
  unauthenticated,   ///< 401 sign in first
  forbidden,         ///< 403 signed in, but not allowed
  not_found,         ///< 404 no such thing, or none that this caller may know of
  conflict,          ///< 409 another thing already holds this place (key, name, idempotency key)
  wrong_state,       ///< 409 the act is not possible in the present state
  version_mismatch,  ///< 412 somebody changed it since it was read
  too_large,         ///< 413 over a named limit
  unsupported,       ///< 415 media type or format not read
  throttled,         ///< 429 too many tries; wait
  storage_full,      ///< 507 nothing was written; reads go on
  unavailable,       ///< 503 starting, stopping or overloaded; try again
};

/// Stable lower-case name of a code ("wrong_state"); part of the API.
std::string_view code_name(Code code);

/// One thing that is wrong in the input.
struct InputProblem {
  std::optional<std::int64_t> row;  ///< line of a file, counted as the user's program shows it (header = 1)
  std::string field;                ///< field id or JSON pointer; empty when the whole input is meant
  Bilingual reason;                 ///< what is wrong
  Bilingual remedy;                 ///< what to do about it
  bool operator==(const InputProblem&) const = default;
};

class Rejected : public std::exception {
 public:
  Rejected(Code code, Bilingual message, std::vector<InputProblem> problems = {});
  /// One problem with one field; the message is the problem's reason.
  Rejected(Code code, std::string field, Bilingual reason, Bilingual remedy);

  Code code() const { return code_; }
  const Bilingual& message() const { return message_; }
  const std::vector<InputProblem>& problems() const { return problems_; }
  const char* what() const noexcept override { return message_.en.c_str(); }

 private:
  Code code_;
  Bilingual message_;
  std::vector<InputProblem> problems_;
};

}  // namespace jingwei
