// The rows of a part: what is kept of each document, and the document back from it.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "base/time.h"
#include "match/internal/part.h"

namespace jingwei::match {
namespace {

constexpr const char* kStages[] = {"seed", "growth", "mature"};

}  // namespace

std::uint8_t stage_bits(std::span<const std::string> stages) {
  std::uint8_t bits = 0;
  for (const auto& stage : stages)
    for (int i = 0; i < 3; ++i)
      if (stage == kStages[i]) bits |= static_cast<std::uint8_t>(1 << i);
  return bits;
}

std::uint32_t owner_number(std::string_view owner) { return owner.empty() ? 0 : static_cast<std::uint32_t>(stable_hash(owner)); }

std::uint32_t day_number(std::string_view day) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return 0;
  std::uint32_t number = 0;
  for (const char c : day) {
    if (c == '-') continue;
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

std::uint32_t region_number(std::string_view region) {
  std::uint32_t number = 0;
  for (const char c : region) number = c >= '0' && c <= '9' ? number * 10 + static_cast<std::uint32_t>(c - '0') : 0;
  return number;
}

std::uint16_t Codes::place(std::string_view code) {
  const auto known = place_of_hash(stable_hash(code));
  if (known != kNone || codes_.size() == kNone) return known != kNone ? known : 0;
  codes_.emplace_back(code);
  hashes_.push_back(stable_hash(code));
  return static_cast<std::uint16_t>(codes_.size() - 1);
}

std::uint16_t Codes::place_of_hash(std::uint64_t hash) const {
  const auto at = std::ranges::find(hashes_, hash);
  return at == hashes_.end() ? kNone : static_cast<std::uint16_t>(at - hashes_.begin());
}

void PartData::reserve(std::size_t rows_wanted) {
  rows.reserve(rows_wanted);
  topics.reserve(rows_wanted);
  for (auto* bytes : {&text_steps, &title_steps}) bytes->reserve(rows_wanted);
  for (auto* places : {&kinds, &segments}) places->reserve(rows_wanted);
  for (auto* numbers : {&regions, &valid_to}) numbers->reserve(rows_wanted);
}

void PartData::append_row(const PartData& from, std::uint32_t row) {
  rows.push_back(from.rows[row]);
  rows.back().blob = static_cast<std::uint32_t>(blob.size());
  topics.push_back(from.topics[row]);
  text_steps.push_back(from.text_steps[row]);
  title_steps.push_back(from.title_steps[row]);
  kinds.push_back(kind_codes.place(from.kind_codes.code(from.kinds[row])));
  segments.push_back(segment_codes.place(from.segment_codes.code(from.segments[row])));
  regions.push_back(from.regions[row]);
  valid_to.push_back(from.valid_to[row]);
}

void PartData::append_row(const Document& document, const TermCounts& counts) {
  StoredRow row;
  row.text_kind = static_cast<std::uint8_t>(kind_from_text(document.title, document.text));
  const std::string_view kind = document.kind.empty() ? kKinds[row.text_kind] : std::string_view(document.kind);
  row.owner = owner_number(document.owner);
  row.amount_fen = document.amount_fen.value_or(kNoAmount);
  row.updated_s = static_cast<std::uint32_t>(std::clamp<std::int64_t>(document.updated_us / kMicrosPerSecond, 0, std::numeric_limits<std::uint32_t>::max()));
  row.trl = static_cast<std::uint8_t>(std::clamp(document.trl.value_or(0), 0, 9));
  row.stages = stage_bits(document.stages);
  row.trades = counts.trades;
  row.blob = static_cast<std::uint32_t>(blob.size());
  if (kind == "fund" || kKinds[row.text_kind] == "fund") row.money = money_forms_offered(document.title, document.text);
  rows.push_back(row);
  topics.push_back(counts.topics);
  text_steps.push_back(length_step(counts.text_length));
  title_steps.push_back(length_step(counts.title_length));
  kinds.push_back(kind_codes.place(kind));
  segments.push_back(segment_codes.place(document.segment));
  regions.push_back(region_number(document.region));
  valid_to.push_back(day_number(document.valid_to));
}

void PartData::read_folded(std::uint32_t row, FoldedDocument& out) const {
  BlobReader reader(blob.data() + rows[row].blob);
  (void)reader.string();
  reader.folded(out.title);
  reader.folded(out.text);
}

Row PartData::row(std::uint32_t row) const {
  const StoredRow& stored = rows[row];
  return {kind_codes.hash(kinds[row]), segment_codes.hash(segments[row]), stored.amount_fen, stored.updated_s * kMicrosPerSecond, stored.owner, regions[row], valid_to[row],
          stored.trl, stored.stages, kind_places[kinds[row]], stored.text_kind, stored.money, stored.trades};
}

Document PartData::document(std::uint32_t row) const {
  Document document = particulars(row);
  BlobReader reader = texts(row);
  document.title = reader.text();
  document.text = reader.text();
  return document;
}

Document PartData::particulars(std::uint32_t row) const {
  CHECK(row < rows.size());
  Document document;
  document.id = id(row);
  BlobReader reader = texts(row);
  reader.skip_text();
  reader.skip_text();
  reader.skip_opaque();
  for (auto* field : {&document.kind, &document.region, &document.owner, &document.valid_to}) *field = reader.string();
  for (const auto stage : split(reader.string(), ','))
    if (!stage.empty()) document.stages.emplace_back(stage);
  if (document.kind == kAsInColumn) document.kind = kind_codes.code(kinds[row]);
  document.segment = segment_codes.code(segments[row]);
  if (document.region == kAsInColumn) document.region = std::to_string(regions[row]);
  if (document.valid_to == kAsInColumn) document.valid_to = fmt::format("{:04}-{:02}-{:02}", valid_to[row] / 10'000, valid_to[row] / 100 % 100, valid_to[row] % 100);
  if (rows[row].trl != 0) document.trl = rows[row].trl;
  if (rows[row].amount_fen != kNoAmount) document.amount_fen = rows[row].amount_fen;
  document.updated_us = rows[row].updated_s * kMicrosPerSecond;
  return document;
}

std::string_view PartData::id(std::uint32_t row) const { return BlobReader(blob.data() + rows[row].blob).string(); }

}  // namespace jingwei::match
