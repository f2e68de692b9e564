// Any bytes as an instant, a day, an amount, an id, base64 and as Chinese text: refused, or read so that what is written from
// it reads the same again.
#include <initializer_list>

#include "base/bytes.h"
#include "base/check.h"
#include "base/id.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "base/uscc.h"

namespace {

using namespace jingwei;

void check_numbers(std::string_view text) {
  if (const auto time = from_rfc3339(text)) {
    // An offset may carry the first and last day of the calendar over its end, where four digits no longer do.
    const auto again = from_rfc3339(to_rfc3339(*time));
    CHECK(again == time || text.starts_with("0000-01-01") || text.starts_with("9999-12-31"));
  }
  if (const auto day = normalise_date(text)) CHECK(normalise_date(*day) == day && day->size() == 10);
  for (const std::int64_t unit : {kFenPerYuan, kFenPerWan}) {
    const auto money = parse_money(text, unit);
    if (!money) continue;
    CHECK(money->fen <= kMoneyFenMax && money->fen >= -kMoneyFenMax);
    CHECK(parse_money(format_money(*money, unit), unit) == money);
  }
}

void check_text(std::string_view text) {
  const std::string repaired = to_utf8(to_utf32(text));
  CHECK(is_utf8(repaired) && (repaired == text) == is_utf8(text));
  CHECK(count_characters(repaired) == to_utf32(repaired).size());
  const auto first = first_characters(repaired, 3);
  CHECK(is_utf8(first) && count_characters(first) <= 3 && repaired.starts_with(first));
  const std::string folded = fold_width(repaired);
  CHECK(is_utf8(folded) && fold_width(folded) == folded);
  CHECK(trim(trim(repaired)) == trim(repaired));
  std::vector<std::string> parts;
  for (const auto part : split(text, ',')) parts.emplace_back(part);
  CHECK(join(parts, ",") == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_numbers(text);
  check_text(text);
  if (is_id(text, "need")) CHECK(is_any_id(text));
  if (check_uscc(text) == UsccVerdict::valid) CHECK(size == 18);
  if (const auto bytes = from_base64(text)) CHECK(to_base64(*bytes) == text);
  if (const auto bytes = from_hex(text)) CHECK(to_hex(*bytes) == to_lower_ascii(text));
  CHECK(from_base64(to_base64({data, size})) == Bytes(data, data + size));
  return 0;
}
