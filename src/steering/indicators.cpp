// Commands on indicators, units and observations: load, reject (all reasons first), write item, version, feed record, statement.
#include <fmt/format.h>

#include <algorithm>

#include "attachments/attachments.h"
#include "base/check.h"
#include "base/text.h"
#include "steering/formula.h"
#include "steering/internal/series.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using internal::Item;

void require_steers(store::Transaction& tx, const Actor& actor) {
  if (!steers(actor, Steering::units(tx.reader()))) throw internal::forbidden({"只有统筹单位可以这样做", "Only the steering office does this"});
}

Item require_indicator(store::Transaction& tx, std::string_view id) {
  auto item = internal::find_item(tx.reader(), internal::kIndicator, id);
  if (!item) throw internal::not_found({"指标", "indicator"});
  return std::move(*item);
}

void require_free_code(store::Transaction& tx, const std::string& code, std::string_view own_id) {
  const auto other = internal::find_by_key(tx.reader(), internal::kIndicator, code);
  if (other && other->id != own_id)
    throw Rejected(Code::conflict, "/code", {"代码 " + code + " 已有指标在用", "the code " + code + " is taken"}, {"请换一个代码", "choose another code"});
}

/// The value of the last period before with one, and what the rules' formula expects; as of now.
struct Neighbours {
  std::optional<double> previous;
  std::optional<double> sum;
};

Neighbours neighbours_of(store::Transaction& tx, const registry::Registry& registry, const IndicatorContent& content, const Period& period) {
  Neighbours found;
  if (!content.rules.jump_percent && !content.rules.sum_of) return found;
  const auto board = internal::load_board_of_command(tx, registry);
  const auto& values = board.series.at(content.code).values;
  if (const auto before = values.find(later(period, -1)); before != values.end()) found.previous = before->second;
  if (!content.rules.sum_of) return found;
  found.sum = Formula::parse(*content.rules.sum_of)
                  .evaluate(period,
                            [&](std::string_view code, const Period& at) -> std::optional<double> {
                              const auto series = board.series.find(code);
                              if (series == board.series.end()) return std::nullopt;
                              const auto value = series->second.values.find(at);
                              return value == series->second.values.end() ? std::nullopt : std::optional(value->second);
                            })
                  .value;
  return found;
}

/// Out of range is refused; a jump and a sum that does not add up need a remark.
void require_plausible(const IndicatorContent& content, const ReportWrite& write, const Neighbours& neighbours) {
  std::vector<InputProblem> problems;
  for (const Doubt doubt : doubts_of(content.rules, *write.value, neighbours.previous, neighbours.sum)) switch (doubt) {
      case Doubt::below_min:
      case Doubt::above_max: {
        const std::string limit = figure_text(doubt == Doubt::below_min ? *content.rules.min : *content.rules.max);
        problems.push_back({std::nullopt, "/value", {"数值超出范围，界限是 " + limit, "the value is out of range; the limit is " + limit}, {"请核对数值和计量单位", "check the value and its unit"}});
        break;
      }
      case Doubt::jump:
        if (!write.remark)
          problems.push_back({std::nullopt, "/remark", {fmt::format("比上期的 {} 变动过大", figure_text(*neighbours.previous)), fmt::format("it differs much from {} of the period before", figure_text(*neighbours.previous))},
                              {"如无差错，请在备注里说明原因", "if it is right, say why in the remark"}});
        break;
      case Doubt::sum:
        if (!write.remark)
          problems.push_back({std::nullopt, "/remark", {fmt::format("与分项之和 {} 不符", figure_text(*neighbours.sum)), fmt::format("its parts make {}", figure_text(*neighbours.sum))},
                              {"如无差错，请在备注里说明原因", "if it is right, say why in the remark"}});
        break;
    }
  if (!problems.empty()) throw Rejected(Code::invalid, {"数值要核对", "The value needs a second look"}, std::move(problems));
}

Period require_period(const IndicatorContent& content, std::string_view text, std::string_view today) {
  if (content.source != IndicatorSource::reported)
    throw Rejected(Code::wrong_state, "source", {"这项指标由系统计算，不用填报", "this indicator is computed and not reported"}, {"看它的数据来源", "look at where it comes from"});
  const auto period = parse_period(text);
  if (!period || period->frequency != content.frequency)
    throw Rejected(Code::invalid, "period", {"期间与指标的频次不符", "the period does not fit the indicator's frequency"}, {"如 2026、2026-Q1、2026-01", "such as 2026, 2026-Q1, 2026-01"});
  if (first_day(*period) > today)
    throw Rejected(Code::wrong_state, "period", {"这一期还没有开始", "this period has not begun"}, {"到期后再填报", "report it when it is over"});
  if (const auto first = parse_period(content.reports_from.value_or("")); first && *period < *first && (!content.course.baseline || period->year <= content.course.baseline->year))
    throw Rejected(Code::wrong_state, "period", {"这一期在起报期之前", "this period is before the first one reported"}, {"请核对期间", "check the period"});
  return *period;
}

evidence::StatementDraft statement_of(const IndicatorContent& content, const Observation& before, const Observation& after, ReportAct act) {
  const bool corrected = act == ReportAct::approve && before.state == ReportState::correcting;
  evidence::StatementDraft draft;
  draft.kind = act != ReportAct::approve ? "indicator_reported" : corrected ? "indicator_corrected" : "indicator_approved";
  draft.subject = after.id;
  draft.public_part = {{"indicator", after.indicator_id}, {"code", content.code}, {"period", after.period}, {"version", after.version}};
  json::object value{{"value", after.reported.value}, {"unit", content.unit}};
  if (corrected && before.approved) value.emplace("value_before", before.approved->value);
  if (content.is_public && act == ReportAct::approve)
    for (const auto& member : value) draft.public_part.emplace(member.key(), member.value());
  draft.private_part = value;
  draft.private_part->emplace("reported_by", after.reported.by_name);
  if (after.reported.attachment_sha256) draft.private_part->emplace("attachment_sha256", *after.reported.attachment_sha256);
  if (after.reason) draft.private_part->emplace("reason", *after.reason);
  return draft;
}

}  // namespace

void Steering::require_sound_formula(store::Transaction& tx, const IndicatorContent& content) const {
  if (content.count && registry_.definitions().find(content.count->register_) == nullptr)
    throw Rejected(Code::invalid, "/count/register", {"没有这张清单", "there is no such register"}, {"请核对清单的代号", "check the id of the register"});
  if (content.count) {
    const auto& reg = *registry_.definitions().find(content.count->register_);
    const auto* date = reg.field(content.count->date_field);
    if (date == nullptr || date->type != registry::FieldType::date)
      throw Rejected(Code::invalid, "/count/date_field", {"清单里没有这个日期字段", "the register has no such date field"}, {"请核对字段", "check the field"});
  }
  if (!content.formula) return;
  std::map<std::string, std::vector<std::string>, std::less<>> references;
  std::set<std::string, std::less<>> known{content.code};
  for (const auto& item : internal::all_items(tx.reader(), internal::kIndicator)) {
    const auto other = internal::read_body<IndicatorContent>(item);
    known.insert(other.code);
    if (other.formula && other.code != content.code) references[other.code] = Formula::parse(*other.formula).codes();
  }
  const auto codes = Formula::parse(*content.formula).codes();
  for (const auto& code : codes)
    if (!known.contains(code))
      throw Rejected(Code::invalid, "/formula", {"没有代码为 " + code + " 的指标", "there is no indicator " + code}, {"请核对方括号里的代码", "check the codes in square brackets"});
  references[content.code] = codes;
  const auto circle = circle_from(content.code, references);
  if (!circle.empty())
    throw Rejected(Code::invalid, "/formula", {"公式绕回了自己：" + join(circle, " → "), "the formula leads back to itself: " + join(circle, " -> ")}, {"请改公式，去掉这一圈", "change it so that the circle ends"});
}

std::string Steering::define(store::Transaction& tx, const Actor& actor, const IndicatorContent& content) const {
  require_steers(tx, actor);
  const IndicatorContent normal = check_indicator(content, shanghai_date(tx.now()));
  require_sound_formula(tx, normal);
  require_free_code(tx, normal.code, "");
  if (tx.query_integer("SELECT COUNT(*) FROM steering_items WHERE kind = 'indicator'").value_or(0) >= static_cast<std::int64_t>(kIndicatorsAllMax))
    throw Rejected(Code::wrong_state, {fmt::format("最多 {} 项指标", kIndicatorsAllMax), fmt::format("At most {} indicators", kIndicatorsAllMax)});
  // From here on it must succeed.
  Item item{"", normal.code, normal.plan_id.value_or(""), "", 0, 0, internal::body_of(normal)};
  internal::write_item(tx, actor, internal::kIndicator, item, "defined", "");
  return item.id;
}

void Steering::redefine(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version, const IndicatorContent& content,
                        const std::string& reason) const {
  require_steers(tx, actor);
  Item item = require_indicator(tx, id);
  internal::require_version(tx.reader(), item, version);
  const IndicatorContent normal = check_indicator(content, shanghai_date(tx.now()));
  const std::string why(trim(reason));
  if (why.empty() || count_characters(why) > kNoteCharactersMax)
    throw Rejected(Code::invalid, "/reason", {"修改指标定义要写明理由", "changing a definition needs a reason"}, {"请写明为什么改", "say why"});
  const bool other_periods = internal::read_body<IndicatorContent>(item).frequency != normal.frequency;
  if (other_periods && tx.query_integer("SELECT COUNT(*) FROM steering_items WHERE parent_id = $1 AND kind = 'observation'", {item.id}).value_or(0) > 0)
    throw Rejected(Code::wrong_state, "/frequency", {"已有填报，不能改频次", "there are reports; the frequency stays"}, {"请新建一项指标", "define a new indicator"});
  require_sound_formula(tx, normal);
  require_free_code(tx, normal.code, item.id);
  // From here on it must succeed.
  item.key = normal.code;
  item.parent = normal.plan_id.value_or("");
  item.body = internal::body_of(normal);
  internal::write_item(tx, actor, internal::kIndicator, item, "redefined", why);
}

Observation Steering::act(store::Transaction& tx, const Actor& actor, std::string_view indicator_id, std::string_view period_given, std::optional<std::int64_t> version,
                          const ReportWrite& write) const {
  const Item indicator = require_indicator(tx, indicator_id);
  if (!reads_all(actor)) throw internal::not_found({"指标", "indicator"});
  const auto content = internal::read_body<IndicatorContent>(indicator);
  const std::string today = shanghai_date(tx.now());
  const Period period = require_period(content, period_given, today);
  auto item = internal::find_by_key(tx.reader(), internal::kObservation, internal::observation_key(indicator.id, period_text(period)));
  std::optional<Observation> before;
  if (item) {
    before = internal::read_body<Observation>(*item);
    internal::require_version(tx.reader(), *item, version);
  }
  const Units units = Steering::units(tx.reader());
  const bool decides = steers(actor, units);
  const bool reporter = has_duty(actor, content.duties, units, today) || actor.has(identity::Role::administrator);
  const auto file = write.attachment ? attachments::find(tx.reader(), *write.attachment) : std::nullopt;
  Observation after = decide(before, {reporter && actor.may_write, decides, actor.account_id, actor.name, today, file ? std::optional(file->sha256) : std::nullopt}, write);
  if (write.value && (write.act == ReportAct::report || write.act == ReportAct::correct)) require_plausible(content, write, neighbours_of(tx, registry_, content, period));
  // From here on it must succeed.
  if (!item) item = Item{tx.new_id(internal::kObservation), internal::observation_key(indicator.id, period_text(period)), indicator.id, "", 0, 0, ""};
  after.id = item->id;
  after.indicator_id = indicator.id;
  after.period = period_text(period);
  item->state = enum_name(after.state);
  item->body = internal::body_of(after);
  internal::write_item(tx, actor, internal::kObservation, *item, enum_name(write.act), after.reason.value_or(""));
  CHECK(item->version == after.version);
  if (write.act != ReportAct::give_back) issuer_.issue(tx, statement_of(content, before.value_or(Observation{}), after, write.act));
  return after;
}

void Steering::set_unit(store::Transaction& tx, const Actor& actor, const SteeringUnit& unit) const {
  require_steers(tx, actor);
  SteeringUnit normal = unit;
  normal.name = trim(unit.name);
  if (normal.name.empty() || count_characters(normal.name) > kNameCharactersMax)
    throw Rejected(Code::invalid, "/name", {"没有单位名称，或太长", "the unit has no name, or one too long"}, {"按文件里的写法填写", "write it as plans do"});
  if (normal.organization_id) {
    const auto organization = registry::Registry::find(tx, *normal.organization_id);
    if (!organization || organization->register_id != "organizations")
      throw Rejected(Code::invalid, "/organization_id", {"没有这个单位", "there is no such organization"}, {"请从单位清单里选", "choose one from the register"});
  }
  // From here on it must succeed.
  auto item = internal::find_by_key(tx.reader(), internal::kUnit, normal.name).value_or(Item{"", normal.name, "", "", 0, 0, ""});
  item.body = internal::body_of(normal);
  internal::write_item(tx, actor, internal::kUnit, item, "set", "");
}

Units Steering::units(store::Connection& connection) {
  Units units;
  for (const auto& item : internal::all_items(connection, internal::kUnit)) units.emplace(item.key, internal::read_body<SteeringUnit>(item));
  return units;
}

}  // namespace jingwei::steering
