// Bytes of requests: never out of bounds, limits kept, and the same outcome whether the bytes come at once or one by one.
#include "base/check.h"
#include "http/internal/request_parser.h"

namespace {

using namespace jingwei;
using namespace jingwei::http;
using Step = RequestParser::Step;

struct Outcome {
  Step step = Step::need_more;
  int status = 0;
  std::string target;
  std::string body;
  bool operator==(const Outcome&) const = default;
};

Outcome feed(std::string_view bytes, std::size_t piece) {
  Limits limits;
  limits.header_bytes_max = 2048;
  limits.target_bytes_max = 512;
  constexpr std::size_t kBodyBytesMax = 1024;
  Request request;
  RequestParser parser(limits, request);
  std::string pending;
  Outcome outcome;
  while (!bytes.empty() && outcome.step == Step::need_more) {
    pending += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (bool again = true; again;) {
      std::size_t consumed = 0;
      outcome.step = parser.put(pending, consumed);
      CHECK(consumed <= pending.size());
      pending.erase(0, consumed);
      again = outcome.step == Step::header_done;
      if (again) outcome.step = parser.take_body(kBodyBytesMax);
      again = again && outcome.step == Step::need_more;
    }
  }
  CHECK(request.body.size() <= kBodyBytesMax);
  if (outcome.step == Step::failed) outcome.status = parser.failure().status;
  if (outcome.step != Step::complete) return outcome;
  for (const auto& [name, value] : request.headers()) CHECK(name.size() + value.size() <= limits.header_bytes_max);
  CHECK(request.query_parameters().size() <= limits.query_parameters_max);
  outcome.target = request.target();
  outcome.body = request.body;
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = feed(bytes, size);
  const auto cut = feed(bytes, 1);
  // Cut bytes may be refused before the end is seen, with another reason; what is accepted must be the same.
  if (whole.step == Step::complete || cut.step == Step::complete) CHECK(whole == cut);
  return 0;
}
