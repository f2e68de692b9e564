// A small region in a fresh database for tests of steering: a steering office, two departments, their people.
#pragma once

#include <gtest/gtest.h>

#include "base/uscc.h"
#include "steering/steering.h"
#include "testing/test_database.h"

namespace jingwei::steering::testing {

using identity::Actor;
using identity::Role;

inline const registry::Definitions& definitions() {
  static const registry::Definitions all = registry::Definitions::load(JINGWEI_SOURCE "/registers");
  return all;
}

class World {
 public:
  explicit World(jingwei::testing::Store store) : database_(store), writer_(database_.database(), clock_, random_, signal_) {
    office = {"acc_office", "chen", "陈科长", "", {Role::department}, true};
    science = {"acc_science", "li", "李工", organization("甲市科技局", 1), {Role::department}, true};
    industry = {"acc_industry", "wang", "王科长", organization("甲市经信局", 2), {Role::department}, true};
    auditor = {"acc_auditor", "zhou", "周审计", "", {Role::auditor}, true};
    set_unit("市科技局", science);
    set_unit("市经信局", industry);
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
      run(std::forward<F>(command));
      return "ok";
    } catch (const Rejected& rejected) {
      std::string text(code_name(rejected.code()));
      for (const auto& problem : rejected.problems()) text += " " + problem.field;
      return text;
    }
  }

  /// A quarterly indicator of the science office: 20 at the end of 2025, 40 at the end of 2026.
  static IndicatorContent content(const std::string& code = "A01") {
    IndicatorContent content;
    content.code = code;
    content.name = "省级以上孵化器";
    content.unit = "家";
    content.is_public = true;
    content.frequency = Frequency::quarter;
    content.course.baseline = IndicatorBaseline{2025, 20, "20"};
    content.course.targets = {{2026, TargetKind::equal, 40, "40"}};
    content.reports_from = "2026-Q1";
    content.duties = {{"市科技局", DutyRole::lead, "2026-01-01", std::nullopt}};
    return content;
  }
  std::string define(const IndicatorContent& content) {
    return run([&](store::Transaction& tx) { return steering.define(tx, office, content); });
  }
  Observation act(const Actor& actor, const std::string& id, const std::string& period, std::optional<std::int64_t> version, const ReportWrite& write) {
    return run([&](store::Transaction& tx) { return steering.act(tx, actor, id, period, version, write); });
  }
  static ReportWrite report(double value) {
    ReportWrite write;
    write.value = value;
    return write;
  }
  static ReportWrite decision(ReportAct act, std::optional<std::string> reason = std::nullopt) {
    ReportWrite write;
    write.act = act;
    write.reason = std::move(reason);
    return write;
  }
  void report_and_approve(const std::string& id, const std::string& period, double value) {
    const auto reported = act(science, id, period, std::nullopt, report(value));
    act(office, id, period, reported.version, decision(ReportAct::approve));
  }
  IndicatorPage page(const std::string& id, const Actor& actor, const std::string& day = "", std::string_view period = "") {
    return steering.indicator(*connection_, actor, id, day.empty() ? today() : day, today(), period);
  }
  std::string organization(const std::string& name, int number) {
    return entry("organizations", {{"name", name}, {"uscc", credit_code(number)}, {"kind", "department"}, {"region", "330402"}});
  }
  std::string entry(const std::string& register_id, const json::object& fields) {
    const auto& reg = registry.require_register(register_id);
    return run([&](store::Transaction& tx) { return registry.create(tx, Actor{"acc_office", "chen", "陈科长", "", {Role::department}, true}, reg, registry.check_fields(reg, fields), true).id; });
  }
  /// Moves the clock to the morning of a day.
  void on(const std::string& day) { clock_.advance_us(from_rfc3339(day + "T09:00:00+08:00")->us - clock_.now().us); }
  std::string today() { return shanghai_date(clock_.now()); }
  store::Connection& connection() { return *connection_; }

 private:
  void set_unit(const std::string& name, const Actor& actor) {
    run([&](store::Transaction& tx) { steering.set_unit(tx, office, {name, actor.organization_id, false}); });
  }
  static std::string credit_code(int number) {
    const std::string digits = std::to_string(number);
    const std::string body = "11330400MA2" + std::string(6 - digits.size(), '0') + digits;
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
  Steering steering{registry, issuer_};
  Actor office, science, industry, auditor;
};

}  // namespace jingwei::steering::testing
