// Any bytes as JSON and as a described type: refused as malformed or invalid with its problems, or written back the same.
#include "base/check.h"
#include "base/described.h"
#include "base/text.h"

namespace {

using namespace jingwei;

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Part {
  std::string name;
  std::optional<std::int64_t> weight;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, weight))

/// One member of every kind that described.h knows.
struct Sample {
  bool flag = false;
  std::int32_t count = 0;
  double ratio = 0;
  std::string text;
  Bilingual title;
  Colour colour = Colour::red;
  std::optional<Part> part;
  std::vector<Part> parts;
  std::map<std::string, std::uint8_t> levels;
  json::object free_form;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (flag, count, ratio, text, title, colour, part, parts, levels, free_form))

std::string text_of(const Sample& sample) { return json::serialize(to_json(sample)); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  json::value value;
  try {
    value = parse_json({reinterpret_cast<const char*>(data), size});
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
    return 0;
  }
  try {
    const auto sample = from_json<Sample>(value);
    const std::string text = text_of(sample);
    CHECK(is_utf8(text));
    CHECK(text_of(from_json<Sample>(parse_json(text))) == text);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::invalid && !rejected.problems().empty());
    for (const auto& problem : rejected.problems()) CHECK(problem.field.empty() || problem.field[0] == '/');
  }
  return 0;
}
