// What the analytics routes take and answer beside the described types of analytics/analytics.h.
#pragma once

#include <string>
#include <vector>

#include "analytics/sheet.h"
#include "api/internal/context.h"
#include "api/internal/views.h"

namespace jingwei::api {

/// What `work` answers, asked on the read model's own threads, so that long queries hold up nobody else.
template <class T, class Work>
awaitable<T> on_the_models_threads(Services& services, Work&& work) {
  struct Asked {
    std::optional<T> answer;
    std::exception_ptr failed;
  };
  Asked asked = co_await http::async_result<Asked>([&](auto done) {
    services.analytics.later([&work, done = std::move(done)]() mutable {
      Asked result;
      try {
        result.answer.emplace(work());
      } catch (...) {
        result.failed = std::current_exception();
      }
      done(std::move(result));
    });
  });
  if (asked.failed) std::rethrow_exception(asked.failed);
  co_return std::move(*asked.answer);
}

struct QueryRequest {
  std::string sql;
};
BOOST_DESCRIBE_STRUCT(QueryRequest, (), (sql))

/// Rows that are downloaded.
struct QueryDownload : QueryRequest {
  std::optional<analytics::AnswerChart> chart;  ///< drawn beside the rows of a workbook
};
BOOST_DESCRIBE_STRUCT(QueryDownload, (QueryRequest), (chart))

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
