#include "analytics/internal/rows.h"

#include "base/check.h"

namespace jingwei::analytics::internal {
namespace {

using registry::Field;
using registry::FieldType;

void put_day(sql::Appender& rows, std::string_view text) {
  const auto day = sql::parse_day(text);
  if (day) rows.day(*day);
  else rows.null();
}

void put_text(sql::Appender& rows, std::string_view text) {
  if (text.empty()) rows.null();
  else rows.text(text);
}

void put_moment(sql::Appender& rows, std::int64_t us) {
  if (us == 0) rows.null();
  else rows.timestamp({us});
}

std::vector<std::string> texts_of(const json::value& value) {
  std::vector<std::string> texts;
  if (const auto* array = value.if_array())
    for (const auto& item : *array)
      if (const auto* text = item.if_string()) texts.emplace_back(*text);
  return texts;
}

/// A value that is not of the column's type is NULL: the registry checked it when it was written, under the definition of that day.
void put_field(sql::Appender& rows, const StoredColumn& column, const json::value* value) {
  if (value == nullptr || value->is_null()) {
    rows.null();
  } else if (column.field->many) {
    rows.list(texts_of(*value));
  } else if (column.type == "BIGINT" && value->is_int64()) {
    rows.integer(value->as_int64());
  } else if (column.type == "DOUBLE" && value->is_number()) {
    rows.number(value->to_number<double>());
  } else if (column.type == "BOOLEAN" && value->is_bool()) {
    rows.boolean(value->as_bool());
  } else if (column.type == "DATE" && value->is_string()) {
    put_day(rows, value->as_string());
  } else if (column.type == "VARCHAR" && value->is_string()) {
    put_text(rows, value->as_string());
  } else {
    rows.null();
  }
}

void put_name(sql::Appender& rows, const StoredColumn& column, const Names& names, const json::value* value) {
  if (value == nullptr || value->is_null()) {
    rows.null();
  } else if (column.field->many) {
    auto texts = texts_of(*value);
    for (auto& text : texts) text = names.of(*column.field, text);
    rows.list(texts);
  } else if (value->is_string()) {
    put_text(rows, names.of(*column.field, value->as_string()));
  } else {
    rows.null();
  }
}

std::string_view text_at(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string_view(found->as_string()) : std::string_view();
}

std::string_view text_at(const json::object& object, std::string_view key, std::string_view inner) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_object() ? text_at(found->as_object(), inner) : std::string_view();
}

void put_integer(sql::Appender& rows, const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  if (found != nullptr && found->is_int64()) rows.integer(found->as_int64());
  else rows.null();
}

void put_moment(sql::Appender& rows, std::string_view rfc3339) {
  const auto moment = from_rfc3339(rfc3339);
  put_moment(rows, moment ? moment->us : 0);
}

const json::array* array_at(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr ? found->if_array() : nullptr;
}

}  // namespace

EntryRow read_entry(const Schema& schema, const store::Row& row) {
  EntryRow entry;
  entry.id = row.text(0);
  entry.stored = schema.of_register(row.text(1));
  entry.state = row.text(2);
  entry.owner_id = row.text(3);
  entry.region = row.text(4);
  entry.segment = row.text(5);
  entry.title = row.text(6);
  entry.audience = row.text(7);
  entry.valid_to = row.text(8);
  entry.version = row.integer(9);
  entry.created_us = row.integer(10);
  entry.updated_us = row.integer(11);
  entry.published_us = row.integer(12);
  entry.body = row.text(13);
  return entry;
}

Names::Names(const Schema& schema, const registry::Definitions& definitions) {
  auto& regions = lists_[""];
  for (const auto& region : definitions.regions().all()) regions.emplace(region.code, region.name);
  for (const auto& stored : schema.registers) {
    for (const auto& column : stored.columns) {
      if (column.source != Source::field_name) continue;
      const std::string& id = column.field->type == FieldType::region ? "" : column.field->code_list;
      auto& list = lists_[id];
      if (const auto* codes = list.empty() ? definitions.code_list(id) : nullptr)
        for (const auto& item : codes->codes) list.emplace(item.code, item.zh);
      by_field_[column.field] = &list;
    }
  }
}

std::string_view Names::of(const Field& field, std::string_view code) const {
  const auto& list = *by_field_.at(&field);
  const auto found = list.find(std::string(code));
  return found == list.end() ? std::string_view() : std::string_view(found->second);
}

sql::Appender& RowWriter::table(const std::string& name) {
  const auto found = tables_.find(name);
  return found != tables_.end() ? found->second : tables_.emplace(name, session_.append(name, "base")).first->second;
}

void RowWriter::entry(const EntryRow& row) {
  CHECK(row.stored != nullptr);
  auto& rows = table(row.stored->name);
  json::monotonic_resource memory;
  const json::value parsed = json::parse(row.body, &memory);
  const auto& fields = parsed.as_object();
  for (const auto& column : row.stored->columns) {
    switch (column.source) {
      case Source::id: rows.text(row.id); break;
      case Source::state: rows.text(row.state); break;
      case Source::audience: rows.text(row.audience); break;
      case Source::owner_id: put_text(rows, row.owner_id); break;
      case Source::version: rows.integer(row.version); break;
      case Source::created_at: put_moment(rows, row.created_us); break;
      case Source::updated_at: put_moment(rows, row.updated_us); break;
      case Source::published_at: put_moment(rows, row.published_us); break;
      case Source::title: rows.text(row.title); break;
      case Source::region: put_text(rows, row.region); break;
      case Source::segment: put_text(rows, row.segment); break;
      case Source::valid_to: put_day(rows, row.valid_to); break;
      case Source::field: put_field(rows, column, fields.if_contains(column.field->id)); break;
      case Source::field_name: put_name(rows, column, names_, fields.if_contains(column.field->id)); break;
    }
  }
  rows.end_row();
}

void RowWriter::version(const store::Row& row) {
  table("versions").text(row.text(0)).integer(row.integer(1)).timestamp({row.integer(2)}).text(row.text(3)).text(row.text(4)).end_row();
}

void RowWriter::deal(const store::Row& row) {
  const auto id = row.string(0);
  const json::value parsed = json::parse(row.text(3));
  const auto& deal = parsed.as_object();
  auto& rows = table("deals");
  rows.text(id).text(text_at(deal, "state")).text(text_at(deal, "kind")).text(text_at(deal, "title"));
  rows.text(text_at(deal, "need", "id")).text(text_at(deal, "supply", "id")).text(text_at(deal, "supply", "register"));
  rows.text(text_at(deal, "buyer", "id"));
  put_text(rows, text_at(deal, "buyer", "region"));
  rows.text(text_at(deal, "seller", "id"));
  put_text(rows, text_at(deal, "seller", "region"));
  put_integer(rows, deal, "contract_total_fen");
  put_integer(rows, deal, "technology_amount_fen");
  put_day(rows, text_at(deal, "starts_on"));
  put_day(rows, text_at(deal, "ends_on"));
  put_moment(rows, text_at(deal, "agreed_at"));
  put_moment(rows, row.integer(1));
  put_moment(rows, row.integer(2));
  put_integer(rows, deal, "version");
  rows.end_row();
  if (const auto* milestones = array_at(deal, "milestones")) {
    std::int64_t number = 0;
    for (const auto& item : *milestones) {
      const auto& milestone = item.as_object();
      auto& steps = table("milestones");
      steps.text(id).integer(++number).text(text_at(milestone, "title"));
      put_day(steps, text_at(milestone, "due_on"));
      put_integer(steps, milestone, "amount_fen");
      steps.text(text_at(milestone, "state")).end_row();
    }
  }
  if (const auto* evaluations = array_at(deal, "evaluations")) {
    for (const auto& item : *evaluations) {
      const auto& evaluation = item.as_object();
      auto& scores = table("evaluations");
      scores.text(id).text(text_at(evaluation, "side"));
      put_integer(scores, evaluation, "score");
      put_moment(scores, text_at(evaluation, "at"));
      scores.end_row();
    }
  }
}

void RowWriter::feedback(const store::Row& row) {
  auto& rows = table("feedback");
  rows.text(row.text(0)).text(row.text(1)).text(row.text(2)).text(row.text(3));
  put_text(rows, row.text(4));
  rows.timestamp({row.integer(5)}).integer(row.integer(6)).end_row();
}

void RowWriter::statement(const store::Row& row) {
  table("statements").integer(row.integer(0)).text(row.text(1)).text(row.text(2)).text(row.text(3)).timestamp({row.integer(4)}).end_row();
}

void RowWriter::feed(const store::FeedRecord& record) {
  table("feed").integer(record.seq).timestamp(record.at).text(record.kind).text(record.act).text(record.subject).integer(record.version).end_row();
}

void RowWriter::finish() {
  for (auto& [name, rows] : tables_) rows.finish();
  tables_.clear();
}

}  // namespace jingwei::analytics::internal
