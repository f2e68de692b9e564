// A small region in a fresh database for tests of rounds: an enterprise with needs, two institutes with supplies, and a stranger.
#pragma once

#include "base/uscc.h"
#include "digest/digest.h"
#include "testing/test_database.h"

namespace jingwei::digest::testing {

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
    owner = person("acc_owner", "owner@jia.example", "王厂长", organization("甲厂", 1), Role::enterprise);
    supplier = person("acc_supplier", "supplier", "李工", organization("乙所", 2), Role::provider);
    other = person("acc_other", "other@bing.example", "赵总", organization("丙公司", 3), Role::provider);
    add_account(department, "zh");
    add_account(owner, "zh");
    add_account(supplier, "zh");
    add_account(other, "en");
    need = entry("needs", owner, "轴承座去毛刺", {{"confidentiality", "public"}});
    supply = entry("achievements", supplier, "去毛刺工艺", {{"segment", "chem.polymer"}});
    other_supply = entry("achievements", other, "水射流去毛刺", {{"segment", "chem.polymer"}});
  }
  ~World() { writer_.stop(); }

  template <class F>
  auto run(F&& command) {
    clock_.advance_us(kMicrosPerSecond);
    return writer_.run(std::forward<F>(command));
  }
  template <class F>
  std::string outcome(F&& command) {
    try {
      command();
      return "ok";
    } catch (const Rejected& rejected) {
      return std::string(code_name(rejected.code()));
    }
  }
  std::string entry(const std::string& register_id, const Actor& actor, const std::string& title, json::object fields, bool publish = true) {
    fields.insert({{"title", title}, {"owner", actor.organization_id}, {"text", "孔口毛刺高 0.3 mm，要降到 0.05 mm 以下"}, {"region", "330402"}});
    return create(register_id, actor, fields, publish);
  }
  void withdraw(const Actor& actor, const std::string& id) {
    run([&](store::Transaction& tx) { registry.withdraw(tx, actor, id, {}, "不做了"); });
  }
  void invite(const std::string& need_id, const Actor& actor) {
    run([&](store::Transaction& tx) { registry.invite(tx, need_id, actor.organization_id); });
  }
  void advance_days(int days) { clock_.advance_us(days * kMicrosPerDay); }
  void advance_us(std::int64_t us) { clock_.advance_us(us); }
  Timestamp now() { return clock_.now(); }
  store::Connection& connection() { return *connection_; }

  /// A round that gives these pairs, done.
  Round round_of(const std::vector<std::pair<std::string, std::string>>& pairs, Cause cause = Cause::asked) {
    const Round round = run([&](store::Transaction& tx) { return Rounds::begin(tx, cause, "here"); });
    std::vector<PairRow> rows;
    for (const auto& [need_id, supply_id] : pairs) {
      const auto of = [&](const std::string& id) { return registry::Registry::find(*connection_, id).value().owner_id; };
      match::Reason reason{match::ReasonKind::words, {"你写的“毛刺”，供给里写作“去毛刺”", "For your “burr” the supply writes “deburring”"}, "毛刺", "去毛刺", {}};
      rows.push_back({need_id, supply_id, of(need_id), of(supply_id), 0.5 - 0.01 * static_cast<double>(rows.size()), 0.6, 0.7, {reason}, {{"没有写明价格", "No price"}}});
    }
    run([&](store::Transaction& tx) { Rounds::add_pairs(tx, round.id, "here", rows); });
    const auto counts = digests.count(*connection_, round.id);
    run([&](store::Transaction& tx) { Rounds::add_digests(tx, round.id, "here", counts); });
    return run([&](store::Transaction& tx) { return Rounds::finish(tx, round.id, "here", {}); });
  }

 private:
  std::string organization(const std::string& name, int number) {
    return create("organizations", department, {{"name", name}, {"uscc", credit_code(number)}, {"kind", "enterprise"}, {"region", "330402"}}, true);
  }
  std::string create(const std::string& register_id, const Actor& actor, const json::object& fields, bool publish) {
    const auto& reg = registry.require_register(register_id);
    return run([&](store::Transaction& tx) { return registry.create(tx, actor, reg, registry.check_fields(reg, fields), publish).id; });
  }
  static Actor person(const std::string& id, const std::string& login, const std::string& name, const std::string& organization_id, Role role) {
    return {id, login, name, organization_id, {role}, true};
  }
  void add_account(const Actor& actor, std::string_view language) {
    run([&](store::Transaction& tx) {
      tx.execute("INSERT INTO accounts (id, login, name, organization_id, roles, language, password_hash, disabled, version, created_us) "
                 "VALUES ($1, $2, $3, $4, '', $5, '', 0, 1, 0)",
                 {actor.account_id, actor.login, actor.name, actor.organization_id, language});
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
  Digests digests{registry};
  Actor department, owner, supplier, other;
  std::string need, supply, other_supply;
};

}  // namespace jingwei::digest::testing
