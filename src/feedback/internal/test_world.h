// A small region in a fresh database for tests of feedback: an enterprise with a need, an institute with a supply, and others.
#pragma once

#include "base/uscc.h"
#include "feedback/feedback.h"
#include "testing/test_database.h"

namespace jingwei::feedback::testing {

using identity::Actor;
using identity::Role;

inline const registry::Definitions& definitions() {
  static const registry::Definitions all = registry::Definitions::load(JINGWEI_SOURCE "/registers");
  return all;
}

class World {
 public:
  explicit World(jingwei::testing::Store store) : database_(store), writer_(database_.database(), clock_, random_, signal_) {
    department = {"acc_department", "chen", "陈科长", "", {Role::department}, true};
    owner = person("acc_owner", "王厂长", organization("甲厂", 1), Role::enterprise);
    supplier = person("acc_supplier", "李工", organization("乙所", 2), Role::provider);
    stranger = person("acc_stranger", "赵总", organization("丙公司", 3), Role::provider);
    for (const Actor& actor : {department, owner, supplier, stranger}) add_account(actor);
    need = new_need("轴承座去毛刺", "public");
    supply = new_supply(supplier, "去毛刺工艺");
  }
  ~World() { writer_.stop(); }

  template <class F>
  auto run(F&& command) {
    clock_.advance_us(kMicrosPerSecond);
    return writer_.run(std::forward<F>(command));
  }
  /// Refusal code and fields of a command, or "ok".
  template <class F>
  std::string outcome(F&& command) {
    try {
      command();
      return "ok";
    } catch (const Rejected& rejected) {
      std::string text(code_name(rejected.code()));
      for (const auto& problem : rejected.problems()) text += " " + problem.field;
      return text;
    }
  }

  FeedbackView mark(const Actor& actor, const std::string& need_id, const std::string& supply_id, std::optional<std::int64_t> version, const FeedbackWrite& write) {
    return run([&](store::Transaction& tx) { return feedback.mark(tx, actor, need_id, supply_id, version, write); });
  }
  std::string new_need(const std::string& title, const std::string& confidentiality, bool publish = true) {
    return entry("needs", owner, title, {{"confidentiality", confidentiality}}, publish);
  }
  std::string new_supply(const Actor& actor, const std::string& title) { return entry("achievements", actor, title, {{"segment", "chem.polymer"}}, true); }
  void withdraw(const Actor& actor, const std::string& id) {
    run([&](store::Transaction& tx) { registry.withdraw(tx, actor, id, {}, "不做了"); });
  }
  void invite(const std::string& need_id, const Actor& actor) {
    run([&](store::Transaction& tx) { registry.invite(tx, need_id, actor.organization_id); });
  }
  std::vector<FeedbackView> of_need(const Actor& actor, const std::string& need_id) {
    return feedback.of_need(*connection_, actor, registry::Registry::find(*connection_, need_id).value());
  }
  ReceivedPage received(const Actor& actor, const ReceivedFilter& filter = {}) { return feedback.received(*connection_, actor, filter); }
  store::Connection& connection() { return *connection_; }
  Timestamp now() { return clock_.now(); }

 private:
  std::string entry(const std::string& register_id, const Actor& actor, const std::string& title, json::object fields, bool publish) {
    fields.insert({{"title", title}, {"owner", actor.organization_id}, {"text", "孔口毛刺高 0.3 mm，要降到 0.05 mm 以下"}, {"region", "330402"}});
    return create(register_id, actor, fields, publish);
  }
  std::string organization(const std::string& name, int number) {
    return create("organizations", department, {{"name", name}, {"uscc", credit_code(number)}, {"kind", "enterprise"}, {"region", "330402"}}, true);
  }
  std::string create(const std::string& register_id, const Actor& actor, const json::object& fields, bool publish) {
    const auto& reg = registry.require_register(register_id);
    return run([&](store::Transaction& tx) { return registry.create(tx, actor, reg, registry.check_fields(reg, fields), publish).id; });
  }
  static Actor person(const std::string& id, const std::string& name, const std::string& organization_id, Role role) {
    return {id, id, name, organization_id, {role}, true};
  }
  void add_account(const Actor& actor) {
    run([&](store::Transaction& tx) {
      tx.execute("INSERT INTO accounts (id, login, name, organization_id, roles, language, password_hash, disabled, version, created_us) "
                 "VALUES ($1, $2, $3, $4, '', 'zh', '', 0, 1, 0)",
                 {actor.account_id, actor.login, actor.name, actor.organization_id});
    });
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
  Feedback feedback{registry};
  Actor department, owner, supplier, stranger;
  std::string need, supply;
};

}  // namespace jingwei::feedback::testing
