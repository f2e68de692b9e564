#include "base/rejected.h"

#include <utility>

#include "base/check.h"

namespace jingwei {

std::string_view code_name(Code code) {
  switch (code) {
    case Code::invalid: return "invalid";
    case Code::malformed: return "malformed";
    case Code::unauthenticated: return "unauthenticated";
    case Code::forbidden: return "forbidden";
    case Code::not_found: return "not_found";
    case Code::conflict: return "conflict";
    case Code::wrong_state: return "wrong_state";
    case Code::version_mismatch: return "version_mismatch";
    case Code::too_large: return "too_large";
    case Code::unsupported: return "unsupported";
    case Code::throttled: return "throttled";
    case Code::storage_full: return "storage_full";
    case Code::unavailable: return "unavailable";
  }
  CHECK(false);
}

Rejected::Rejected(Code code, Bilingual message, std::vector<InputProblem> problems)
    : code_(code), message_(std::move(message)), problems_(std::move(problems)) {}

Rejected::Rejected(Code code, std::string field, Bilingual reason, Bilingual remedy)
    : code_(code), message_(reason) {
  problems_.push_back({std::nullopt, std::move(field), std::move(reason), std::move(remedy)});
}

}  // namespace jingwei
