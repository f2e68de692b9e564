// See internal/xml.h.
#include "office/internal/xml.h"

#include <fmt/format.h>

#include "base/text.h"
#include "office/workbook.h"

namespace jingwei::office::internal {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kBeyondPlane = 0x10000;

bool is_xml(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n';
  return (c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || c >= kBeyondPlane) && c <= 0x10FFFF;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// "_x0041_" at this place?
bool is_escape(std::string_view text) {
  constexpr std::size_t kEscapeBytes = 7;
  if (text.size() < kEscapeBytes || text[0] != '_' || text[1] != 'x' || text[kEscapeBytes - 1] != '_') return false;
  for (std::size_t i = 2; i + 1 < kEscapeBytes; ++i)
    if (!is_hex(text[i])) return false;
  return true;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    char32_t c = take_code_point(text);
    if (c == '\r') {
      if (text.starts_with('\n')) continue;
      c = '\n';
    }
    append_utf8(out, is_xml(c) ? c : kReplacement);
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : clean(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      default: out += c;
    }
  }
  return out;
}

std::size_t units_of(std::string_view text) {
  std::size_t units = 0;
  while (!text.empty()) units += take_code_point(text) >= kBeyondPlane ? 2 : 1;
  return units;
}

std::string_view first_units(std::string_view text, std::size_t units_max) {
  std::string_view rest = text;
  std::size_t units = 0;
  while (!rest.empty()) {
    std::string_view after = rest;
    units += take_code_point(after) >= kBeyondPlane ? 2 : 1;
    if (units > units_max) break;
    rest = after;
  }
  return text.substr(0, text.size() - rest.size());
}

std::string cell_text(std::string_view text) {
  const std::string whole = clean(text);
  std::string guarded;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (is_escape(std::string_view(whole).substr(i))) guarded += "_x005F";
    guarded += whole[i];
  }
  const std::size_t units = guarded.size() > kCellUnitsMax ? units_of(guarded) : 0;
  if (units <= kCellUnitsMax) return guarded;
  const std::string note = fmt::format("……（只有前面一部分，全文 {} 字 / only the beginning of {} characters）", units, units);
  return std::string(first_units(guarded, kCellUnitsMax - units_of(note))) + note;
}

}  // namespace jingwei::office::internal
