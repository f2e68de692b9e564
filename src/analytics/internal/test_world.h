// A small region in a fresh database, with the read model behind it.
#pragma once

#include "analytics/analytics.h"
#include "base/uscc.h"
#include "testing/test_database.h"

namespace jingwei::analytics::testing {

using identity::Actor;
using identity::Role;

constexpr int kPatienceMs = 10'000;  ///< for the model to come up; never waited for in a run that is right

inline const registry::Definitions& definitions() {
  static const registry::Definitions all = registry::Definitions::load(JINGWEI_SOURCE "/registers");
  return all;
}

class World {
 public:
  explicit World(jingwei::testing::Store store) : database_(store), writer_(database_.database(), clock_, random_, signal_) {
    department = {"acc_department", "chen", "陈科长", "", {Role::department}, true};
    owner = {"acc_owner", "wang", "王厂长", organization("甲厂", 1), {Role::enterprise}, true};
    auditor = {"acc_auditor", "sun", "孙审计", "", {Role::auditor}, true};
    financier = {"acc_financier", "qian", "钱经理", organization("丙银行", 2), {Role::financier}, true};
  }
  ~World() { writer_.stop(); }

  template <class F>
  auto run(F&& command) {
    clock_.advance_us(kMicrosPerSecond);
    return writer_.run(std::forward<F>(command));
  }
  std::string new_need(const std::string& title, std::int64_t budget_fen, const std::string& confidentiality = "public", bool publish = true) {
    return create("needs", owner,
                  {{"title", title}, {"owner", owner.organization_id}, {"text", "孔口毛刺高 0.3 mm，要降到 0.05 mm 以下"}, {"region", "330402"}, {"budget_fen", budget_fen},
                   {"deadline", "2026-06-30"}, {"segment", "chem.polymer"}, {"confidentiality", confidentiality}, {"tried", "手工去毛刺"}, {"contact_phone", "13800000000"}},
                  publish);
  }
  std::string create(const std::string& register_id, const Actor& actor, const json::object& fields, bool publish) {
    const auto& reg = registry.require_register(register_id);
    return run([&](store::Transaction& tx) { return registry.create(tx, actor, reg, registry.check_fields(reg, fields), publish).id; });
  }
  void withdraw(const std::string& id) {
    run([&](store::Transaction& tx) { registry.withdraw(tx, owner, id, {}, "不做了"); });
  }
  std::int64_t feed_seq() { return connection_->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value(); }
  store::Connection& connection() { return *connection_; }
  store::Database& database() { return database_.database(); }

  /// A model that has come as far as the database; in memory unless a file is given.
  std::unique_ptr<Model> model(const std::filesystem::path& file = {}) {
    auto made = std::make_unique<Model>(database(), signal_, definitions(), ModelOptions{file, 128LL << 20, 1});
    EXPECT_TRUE(made->wait_applied(feed_seq(), kPatienceMs));
    return made;
  }
  /// The only value of a query's only row, after the model has caught up; "NULL", or what refused it.
  std::string value(Model& model, const std::string& sql, Sight sight = Sight::everything) {
    EXPECT_TRUE(model.wait_applied(feed_seq(), kPatienceMs));
    try {
      const auto answer = model.ask(sight, sql);
      EXPECT_EQ(answer.rows.size(), 1U) << sql;
      return answer.rows.empty() ? "no row" : text_of(answer.rows[0].at(0));
    } catch (const Rejected& refused) {
      return refused.message().zh;
    }
  }
  static std::string text_of(const sql::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* day = std::get_if<sql::Day>(&value)) return sql::to_text(*day);
    if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "true" : "false";
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return list->empty() ? "[]" : list->front();
    return std::holds_alternative<std::monostate>(value) ? "NULL" : "?";
  }

 private:
  std::string organization(const std::string& name, int number) {
    return create("organizations", {"acc_admin", "admin", "管理员", "", {Role::administrator}, true},
                  {{"name", name}, {"uscc", credit_code(number)}, {"kind", "enterprise"}, {"region", "330402"}}, true);
  }
  static std::string credit_code(int number) {
    const std::string body = "91330400MA2" + std::string(5, '0') + std::to_string(number);
    for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY"))
      if (check_uscc(body + c) == UsccVerdict::valid) return body + c;
    return body;
  }

  jingwei::testing::TestDatabase database_;
  std::unique_ptr<store::Connection> connection_ = database_.database().connect(true);
  io::ManualClock clock_{jingwei::testing::kTestStart};
  io::SeededRandom random_{1};
  store::FeedSignal signal_;
  store::Writer writer_;
  evidence::Issuer issuer_{"jingwei.example/330400", crypto::KeyPair::from_seed(crypto::Seed{1, 2, 3})};

 public:
  registry::Registry registry{definitions(), issuer_};
  Actor department, owner, auditor, financier;
};

}  // namespace jingwei::analytics::testing
