#include "match/internal/blob.h"

#include <algorithm>

#include "base/text.h"
#include "match/internal/analyser.h"
#include "match/internal/part.h"

namespace jingwei::match {
namespace {

void write_varint(LargeVector<std::uint8_t>& out, std::uint32_t value) {
  while (value >= 128) {
    out.push_back(static_cast<std::uint8_t>(value | 128));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

/// Text in UTF-16 when that is shorter, as it is for Chinese. The first byte says which.
void write_text(LargeVector<std::uint8_t>& out, std::string_view text) {
  std::u16string wide;
  std::string_view rest = text;
  bool exact = true;
  while (!rest.empty() && exact) {
    const auto before = rest;
    const char32_t c = take_code_point(rest);
    std::string again;
    append_utf8(again, c);
    exact = before.starts_with(again) && before.size() - rest.size() == again.size();
    if (c < 0x10000) {
      wide.push_back(static_cast<char16_t>(c));
    } else {
      wide.push_back(static_cast<char16_t>(0xd800 + ((c - 0x10000) >> 10)));
      wide.push_back(static_cast<char16_t>(0xdc00 + ((c - 0x10000) & 0x3ff)));
    }
  }
  const bool use_wide = exact && wide.size() * 2 < text.size();
  out.push_back(use_wide ? 1 : 0);
  const auto size = static_cast<std::uint32_t>(use_wide ? wide.size() * 2 : text.size());
  write_varint(out, size);
  const auto* bytes = use_wide ? reinterpret_cast<const std::uint8_t*>(wide.data()) : reinterpret_cast<const std::uint8_t*>(text.data());
  out.insert(out.end(), bytes, bytes + size);
}

void write_string(LargeVector<std::uint8_t>& out, std::string_view text) {
  write_varint(out, static_cast<std::uint32_t>(text.size()));
  out.insert(out.end(), text.begin(), text.end());
}

void write_opaque(LargeVector<std::uint8_t>& out, const TermCounts& counts) {
  const auto opaque = std::ranges::count_if(counts.terms, &TermCount::opaque);
  write_varint(out, static_cast<std::uint32_t>(opaque));
  for (const TermCount& term : counts.terms) {
    if (!term.opaque) continue;
    const std::uint32_t value = opaque_key(term.key) | (term.title != 0 ? kInTitle : 0) | (term.text != 0 ? kInText : 0);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    out.insert(out.end(), bytes, bytes + sizeof value);
  }
}

/// Every 16-bit unit as Analyser folds it; the two units of a rare character as they are.
const std::vector<char16_t>& folded_units() {
  static const std::vector<char16_t> kUnits = [] {
    std::vector<char16_t> units(0x10000);
    for (std::uint32_t c = 0; c < units.size(); ++c) units[c] = static_cast<char16_t>(Analyser::fold_character(c));
    return units;
  }();
  return kUnits;
}

}  // namespace

void write_document(LargeVector<std::uint8_t>& out, const Document& document, const TermCounts& counts) {
  write_string(out, document.id);
  write_text(out, document.title);
  write_text(out, document.text);
  write_opaque(out, counts);
  const auto region = region_number(document.region);
  write_string(out, document.kind.empty() ? "" : kAsInColumn);
  write_string(out, region != 0 && std::to_string(region) == document.region ? kAsInColumn : std::string_view(document.region));
  write_string(out, document.owner);
  write_string(out, day_number(document.valid_to) != 0 ? kAsInColumn : std::string_view(document.valid_to));
  write_string(out, join(document.stages, ","));
}

std::string BlobReader::text() {
  const bool wide = *at_++ == 1;
  const std::uint32_t size = varint();
  std::string out;
  if (!wide) out.assign(reinterpret_cast<const char*>(at_), size);
  for (std::uint32_t i = 0; wide && i < size; i += 2) {
    char32_t c = unit(i);
    if (c >= 0xd800 && c < 0xdc00) {
      i += 2;
      c = 0x10000 + ((c - 0xd800) << 10) + (unit(i) - 0xdc00);
    }
    append_utf8(out, c);
  }
  at_ += size;
  return out;
}

TextUnits BlobReader::units(std::vector<char16_t>& decoded) {
  const bool wide = *at_++ == 1;
  const std::uint32_t size = varint();
  at_ += size;
  if (wide) return {at_ - size, size / 2};
  decoded.clear();
  for (std::string_view rest(reinterpret_cast<const char*>(at_ - size), size); !rest.empty();) {
    const char32_t c = take_code_point(rest);
    decoded.push_back(c < 0x10000 ? static_cast<char16_t>(c) : u' ');
  }
  return {decoded.data(), static_cast<std::uint32_t>(decoded.size())};
}

void BlobReader::folded(std::vector<char16_t>& out) {
  const char16_t* const units = folded_units().data();
  const bool wide = *at_++ == 1;
  const std::uint32_t size = varint();
  out.clear();
  if (wide) {
    out.resize(size / 2);
    std::memcpy(out.data(), at_, size);
    for (char16_t& unit : out) unit = units[unit];
  } else {
    for (std::string_view rest(reinterpret_cast<const char*>(at_), size); !rest.empty();) {
      const char32_t c = take_code_point(rest);
      out.push_back(c < 0x10000 ? units[c] : u' ');
    }
  }
  at_ += size;
}

}  // namespace jingwei::match
