// A small region in a fresh database for tests of deals: two enterprises, an institute, their people, needs and supplies.
#pragma once

#include <map>

#include "base/uscc.h"
#include "deals/internal/test_deal.h"
#include "testing/test_database.h"

namespace jingwei::deals::testing {

using identity::Actor;
using identity::Role;

inline const registry::Definitions& definitions() {
  static const registry::Definitions all = registry::Definitions::load(JINGWEI_SOURCE "/registers");
  return all;
}

class World {
 public:
  explicit World(jingwei::testing::Store store, std::uint64_t seed = 1)
      : database_(store), random_(seed), writer_(database_.database(), clock_, random_, signal_) {
    department = {"acc_department", "chen", "陈科长", "", {Role::department}, true};
    buyer = person("acc_buyer", "王厂长", organization("甲厂", "330402", 1), Role::enterprise);
    seller = person("acc_seller", "李工", organization("乙所", "310112", 2), Role::provider);
    stranger = person("acc_stranger", "赵总", organization("丙公司", "330421", 3), Role::enterprise);
    for (const Actor& actor : {department, buyer, seller, stranger}) add_account(actor);
    need = entry("needs", buyer, "轴承座去毛刺", {{"confidentiality", "public"}});
    supply = entry("achievements", seller, "去毛刺工艺", {{"segment", "chem.polymer"}});
  }
  ~World() { writer_.stop(); }

  template <class F>
  auto run(F&& command) {
    clock_.advance_us(kMicrosPerSecond);
    return writer_.run(std::forward<F>(command));
  }
  /// Refusal code of a command, or "ok". With `undo` nothing of it stays.
  template <class F>
  std::string outcome(F&& command, bool undo = false) {
    try {
      run([&](store::Transaction& tx) {
        command(tx);
        if (undo) throw Rejected(Code::conflict, "undo", {}, {});
      });
      return "ok";
    } catch (const Rejected& rejected) {
      if (undo && rejected.problems().size() == 1 && rejected.problems()[0].field == "undo") return "ok";
      return std::string(code_name(rejected.code()));
    }
  }

  Deal propose(const Actor& actor, const Terms& terms = good_terms()) {
    return run([&](store::Transaction& tx) { return deals.propose(tx, actor, proposal(terms)); });
  }
  Proposal proposal(const Terms& terms = good_terms()) const { return {terms, need, supply}; }
  Deal act(const Actor& actor, const Deal& deal, const ActRequest& request) {
    return run([&](store::Transaction& tx) { return deals.act(tx, actor, deal.id, deal.version, request); });
  }
  Deal act(const Actor& actor, const Deal& deal, DealAct act, std::int64_t milestone = 0) { return this->act(actor, deal, complete_request(act, milestone)); }

  std::string organization(const std::string& name, const std::string& region, int number) {
    return create("organizations", department, {{"name", name}, {"uscc", credit_code(number)}, {"kind", "enterprise"}, {"region", region}}, true);
  }
  /// A published entry with the fields that needs and achievements share, and more.
  std::string entry(const std::string& register_id, const Actor& owner, const std::string& title, json::object more, bool publish = true) {
    json::object fields{{"title", title}, {"owner", owner.organization_id}, {"text", "孔口毛刺高 0.3 mm，要降到 0.05 mm 以下"}, {"region", "330402"}};
    for (const auto& member : more) fields.insert_or_assign(member.key(), member.value());
    return create(register_id, owner, fields, publish);
  }
  /// For reads; kept, because connecting takes longer than asking.
  store::Connection& connection() { return *connection_; }
  std::int64_t count(std::string_view sql, std::string_view id) { return connection_->query_integer(sql, {id}).value(); }
  io::ManualClock& clock() { return clock_; }

 private:
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
    const std::string digits = std::to_string(number);
    const std::string body = "91330400MA2" + std::string(6 - digits.size(), '0') + digits;
    for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY"))
      if (check_uscc(body + c) == UsccVerdict::valid) return body + c;
    return body;
  }

  jingwei::testing::TestDatabase database_;
  std::unique_ptr<store::Connection> connection_ = database_.database().connect(true);
  io::ManualClock clock_{jingwei::testing::kTestStart};
  io::SeededRandom random_;
  store::FeedSignal signal_;
  store::Writer writer_;
  evidence::Issuer issuer_{"jingwei.example/330400", crypto::KeyPair::from_seed(crypto::Seed{1, 2, 3})};

 public:
  registry::Registry registry{definitions(), issuer_};
  Deals deals{registry, issuer_};
  Actor department, buyer, seller, stranger;
  std::string need, supply;
};

}  // namespace jingwei::deals::testing
