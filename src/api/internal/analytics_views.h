// What the analytics routes take and answer beside the described types of analytics/analytics.h.
#pragma once

#include <string>
#include <vector>

#include "api/internal/views.h"

namespace jingwei::api {

struct QueryRequest {
  std::string sql;
};
BOOST_DESCRIBE_STRUCT(QueryRequest, (), (sql))

struct AnswerColumn {
  std::string name;
  std::string type;  ///< as SQL writes it
};
BOOST_DESCRIBE_STRUCT(AnswerColumn, (), (name, type))

struct QueryAnswer {
  std::vector<AnswerColumn> columns;
  std::vector<json::value> rows;  ///< arrays, one value a column
  bool complete = true;
  std::int64_t feed_seq = 0;
  std::int64_t took_ms = 0;
};
BOOST_DESCRIBE_STRUCT(QueryAnswer, (), (columns, rows, complete, feed_seq, took_ms))

struct TablesView {
  analytics::Sight sight = analytics::Sight::published;
  analytics::ReadModelState state = analytics::ReadModelState::building;
  std::int64_t feed_seq = 0;
  std::vector<analytics::TableFacts> items;
};
BOOST_DESCRIBE_STRUCT(TablesView, (), (sight, state, feed_seq, items))

}  // namespace jingwei::api
