// Any bytes as a cell and as a JSON value, for every field of every register: refused with reason and remedy in both languages,
// or a normal form that is checked, written and read as itself.
#include "base/check.h"
#include "base/text.h"
#include "registry/internal/fields.h"
#include "registry/registry.h"

namespace {

using namespace jingwei;
using namespace jingwei::registry;

const Definitions& definitions() {
  static const Definitions loaded = Definitions::load(JINGWEI_SOURCE "/registers");
  return loaded;
}

constexpr const char* kOrganization = "org_01J00000000000000000000000";

/// Finds one organization, whatever it is called.
std::optional<std::string> resolve(std::string_view cell) {
  return cell.empty() ? std::nullopt : std::optional<std::string>(kOrganization);
}

void check_refusal(const Problems& problems) {
  CHECK(problems.errors.size() == 1);
  const auto& [row, field, reason, remedy] = problems.errors[0];
  CHECK(!field.empty() && !reason.zh.empty() && !reason.en.empty() && !remedy.zh.empty() && !remedy.en.empty());
}

void check_normal_form(const Field& field, const json::value& value) {
  Problems problems;
  const auto checked = check_value(definitions(), field, value, problems);
  CHECK(checked && *checked == value);
  const std::string cell = write_cell(definitions(), field, value);
  CHECK(is_utf8(cell));
  const auto read = read_cell(definitions(), field, cell, resolve, problems);
  CHECK(read && (*read == value || field.type == FieldType::organization));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  json::error_code not_json;
  const json::value sent = json::parse(json::string_view(text.data(), text.size()), not_json);
  // Cells reach read_cell as UTF-8 only: parse_csv refuses the rest.
  const bool is_cell = is_utf8(text) && text.find('\0') == std::string_view::npos;
  for (const auto& reg : definitions().all())
    for (const auto& field : reg.fields) {
      if (is_cell) {
        Problems problems;
        const auto value = read_cell(definitions(), field, text, resolve, problems);
        if (value) check_normal_form(field, *value);
        else check_refusal(problems);
      }
      if (!not_json) {
        Problems problems;
        const auto value = check_value(definitions(), field, sent, problems);
        if (value) check_normal_form(field, *value);
        else check_refusal(problems);
      }
    }
  return 0;
}
