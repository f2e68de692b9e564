#include "match/internal/traditional.h"

#include <array>
#include <memory>

#include <unicode/translit.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/check.h"

namespace jingwei::match {
namespace {

constexpr char32_t kFirst = 0x4e00;  // CJK Unified Ideographs
constexpr char32_t kLast = 0x9fff;
using Table = std::array<char16_t, kLast - kFirst + 1>;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

Table make_table() {
  Table table;
  // One long text with a line for each character: the rules look at neighbours, and a line end is none.
  icu::UnicodeString text;
  for (char32_t c = kFirst; c <= kLast; ++c) text.append(static_cast<char16_t>(c)).append(u'\n');
  UErrorCode failed = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> rules(icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, failed));
  const std::unique_ptr<UConverter, CloseConverter> gb2312(ucnv_open("GB2312", &failed));
  CHECK(U_SUCCESS(failed));
  ucnv_setFromUCallBack(gb2312.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &failed);
  rules->transliterate(text);
  std::int32_t begin = 0;
  for (char32_t c = kFirst; c <= kLast; ++c) {
    const std::int32_t end = text.indexOf(u'\n', begin);
    const auto own = static_cast<char16_t>(c);
    std::array<char, 8> bytes;
    UErrorCode foreign = U_ZERO_ERROR;
    ucnv_fromUChars(gb2312.get(), bytes.data(), bytes.size(), &own, 1, &foreign);
    table[c - kFirst] = U_FAILURE(foreign) && end - begin == 1 ? text.charAt(begin) : own;
    begin = end + 1;
  }
  return table;
}

}  // namespace

char32_t simplified(char32_t c) {
  static const Table kTable = make_table();
  return c >= kFirst && c <= kLast ? kTable[c - kFirst] : c;
}

}  // namespace jingwei::match
