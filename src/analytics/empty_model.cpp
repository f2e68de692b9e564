// The tables without rows. Same desk, same gate as the real model.
#include "analytics/internal/asking.h"

namespace jingwei::analytics {
namespace {

constexpr std::int64_t kEmptyMemoryBytes = 64LL << 20;

}  // namespace

struct EmptyModel::Parts {
  explicit Parts(const registry::Definitions& definitions) : schema(internal::schema_of(definitions)), desk(schema) {}

  const internal::Schema schema;
  internal::Desk desk;
};

EmptyModel::EmptyModel(const registry::Definitions& definitions) : parts_(std::make_unique<Parts>(definitions)) {
  auto database = std::make_shared<sql::Database>(sql::Opening{{}, kEmptyMemoryBytes, 1});
  database->connect().run(internal::creation_sql(parts_->schema) + "CREATE TABLE base.progress AS SELECT 0::BIGINT AS feed_seq");
  parts_->desk.open(std::move(database));
}

EmptyModel::~EmptyModel() = default;

Answer EmptyModel::ask(Sight sight, std::string_view sql) const { return parts_->desk.ask(sight, sql, {}); }

}  // namespace jingwei::analytics
