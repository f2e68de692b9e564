// The table of a year as sheets: what is computed beside what was confirmed, the differences, the scorecards, who confirmed. Words of both
// languages stand here.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "policy/internal/appraising.h"
#include "policy/sheet.h"

namespace jingwei::policy {
namespace {

using office::Cell;
using office::Sheet;

struct Writer {
  const AppraisalScheme& scheme;
  const AppraisalResult& now;
  const ConfirmedAppraisal* confirmed = nullptr;
  bool english = false;

  std::string say(const Bilingual& words) const { return english ? words.en : words.zh; }
  Sheet sheet(const Bilingual& name, std::initializer_list<Bilingual> heads) const {
    Sheet sheet{say(name), {}, {}, {}};
    for (const auto& head : heads) sheet.columns.push_back({say(head), 0});
    return sheet;
  }
};

const AppraisalClass* class_of(const AppraisalScheme& scheme, std::string_view id) {
  const auto found = std::ranges::find(scheme.classes, id, &AppraisalClass::id);
  return found == scheme.classes.end() ? nullptr : &*found;
}

/// What the scheme calls it; a scheme that has changed may not know it any more.
std::string class_title(const Writer& to, const AppraisalScheme& scheme, std::string_view id) {
  const auto* of = class_of(scheme, id);
  return of == nullptr ? std::string(id) : to.say(of->title) + (is_trial(scheme, *of) ? to.say({"（试算）", " (trial)"}) : "");
}

std::string grade_text(const Writer& to, const AppraisalScheme& scheme, const AppraisalStanding& standing) {
  const auto title = [&](const std::string& id) {
    const auto found = std::ranges::find(scheme.grades, id, &AppraisalGrade::id);
    return found == scheme.grades.end() ? id : to.say(found->title);
  };
  return standing.grade_low == standing.grade_high ? title(standing.grade_low) : title(standing.grade_low) + to.say({"至", " to "}) + title(standing.grade_high);
}

std::string rank_text(const Writer& to, const AppraisalStanding& standing) {
  return standing.rank_best == standing.rank_worst ? std::to_string(standing.rank_best) : fmt::format("{}{}{}", standing.rank_best, to.say({"至", " to "}), standing.rank_worst);
}

/// Low, high, grade, rank; empty cells where there is nothing.
void add_standing(const Writer& to, const AppraisalScheme& scheme, const std::optional<AppraisalStanding>& standing, office::Row& row) {
  if (!standing) return row.resize(row.size() + 4);
  row.insert(row.end(), {standing->low, standing->high, grade_text(to, scheme, *standing), rank_text(to, *standing)});
}

std::string score_text(const Writer& to, const AppraisalStanding& standing) {
  return standing.low == standing.high ? plain_number(standing.low) : plain_number(standing.low) + to.say({"至", " to "}) + plain_number(standing.high);
}

/// Figure and points of every criterion of every class: a platform fills those of its own.
void add_criteria_heads(const Writer& to, Sheet& sheet) {
  for (const auto& of : to.scheme.classes)
    for (const auto& criterion : of.criteria) {
      const std::string name = to.say(of.title) + " · " + to.say(criterion.title);
      sheet.columns.push_back({fmt::format("{}{}{}{}", name, to.say({"（", " ("}), to.say(to.scheme.fact(criterion.fact).unit), to.say({"）", ")"})), 0});
      sheet.columns.push_back({to.english ? fmt::format("{}: points of {}", name, plain_number(criterion.weight)) : fmt::format("{} 得分（满分 {}）", name, plain_number(criterion.weight)), 0});
    }
}

void add_criteria(const Writer& to, std::string_view class_id, const PlatformScore& score, office::Row& row) {
  for (const auto& of : to.scheme.classes)
    for (std::size_t i = 0; i < of.criteria.size(); ++i) {
      const bool own = of.id == class_id;
      row.push_back(own ? office::cell_of(score.criteria[i].figure) : Cell());
      row.push_back(own ? office::cell_of(score.criteria[i].points) : Cell());
    }
}

Sheet results_sheet(const Writer& to, const std::vector<AppraisalDifference>& differ) {
  Sheet sheet = to.sheet({"评价结果", "Results"},
                         {{"类别", "Class"}, {"平台", "Platform"}, {"依托单位", "Host"}, {"最低得分", "Score, low"}, {"最高得分", "Score, high"}, {"等级", "Grade"}, {"名次", "Rank"}, {"缺数项", "Missing"},
                          {"确认的最低得分", "Confirmed score, low"}, {"确认的最高得分", "Confirmed score, high"}, {"确认的等级", "Confirmed grade"}, {"确认的名次", "Confirmed rank"},
                          {"与确认的结果", "Against what was confirmed"}});
  add_criteria_heads(to, sheet);
  const auto confirmed_row = [&](std::string_view platform) -> const PlatformScore* {
    if (to.confirmed == nullptr) return nullptr;
    for (const auto& scores : to.confirmed->result.classes)
      for (const auto& row : scores.rows)
        if (row.platform.id == platform) return &row;
    return nullptr;
  };
  const auto verdict = [&](std::string_view platform) -> Cell {
    if (to.confirmed == nullptr) return {};
    return to.say(std::ranges::find(differ, platform, &AppraisalDifference::platform) != differ.end() ? Bilingual{"不同", "differs"} : Bilingual{"一致", "the same"});
  };
  const auto add = [&](const AppraisalScheme& scheme, const std::string& class_id, const PlatformScore& score, bool is_now) {
    const auto* then = is_now ? confirmed_row(score.platform.id) : &score;
    office::Row row = {class_title(to, scheme, class_id), score.platform.title, score.platform.owner_name};
    add_standing(to, to.scheme, is_now ? std::optional(standing_of(score)) : std::nullopt, row);
    row.push_back(is_now ? office::whole_of(score.missing) : Cell());
    add_standing(to, to.confirmed == nullptr ? to.scheme : to.confirmed->scheme, then == nullptr ? std::nullopt : std::optional(standing_of(*then)), row);
    row.push_back(verdict(score.platform.id));
    if (is_now) add_criteria(to, class_id, score, row);
    row.resize(sheet.columns.size());
    sheet.rows.push_back(std::move(row));
  };
  for (const auto& scores : to.now.classes)
    for (const auto& score : scores.rows) add(to.scheme, scores.class_id, score, true);
  if (to.confirmed != nullptr)  // those that are appraised no more stand last
    for (const auto& one : differ)
      if (!one.now) add(to.confirmed->scheme, *one.class_confirmed, *confirmed_row(one.platform), false);
  return sheet;
}

/// As it is called now; else as it was when it was confirmed.
Bilingual criterion_title(const AppraisalScheme& now, const AppraisalScheme& then, std::string_view id) {
  for (const auto* scheme : {&now, &then})
    for (const auto& of : scheme->classes)
      if (const auto found = std::ranges::find(of.criteria, id, &AppraisalCriterion::id); found != of.criteria.end()) return found->title;
  return {std::string(id), std::string(id)};
}

Sheet differences_sheet(const Writer& to, const std::vector<AppraisalDifference>& differ) {
  Sheet sheet = to.sheet({"与确认结果的差异", "Differences"}, {{"平台", "Platform"}, {"项", "What"}, {"确认时", "As confirmed"}, {"现在", "Now"}});
  const auto add = [&](const std::string& platform, std::string what, Cell then, Cell today) {
    if (then != today) sheet.rows.push_back({platform, std::move(what), std::move(then), std::move(today)});
  };
  for (const auto& one : differ) {
    const auto said = [&](const AppraisalScheme& scheme, const std::optional<AppraisalStanding>& standing, auto text) {
      return standing ? Cell(text(to, scheme, *standing)) : Cell();
    };
    const auto title = [&](const AppraisalScheme& scheme, const std::optional<std::string>& id) { return id ? Cell(class_title(to, scheme, *id)) : Cell(); };
    const auto& then = to.confirmed->scheme;
    add(one.title, to.say({"类别", "Class"}), title(then, one.class_confirmed), title(to.scheme, one.class_now));
    add(one.title, to.say({"得分", "Score"}), one.confirmed ? Cell(score_text(to, *one.confirmed)) : Cell(), one.now ? Cell(score_text(to, *one.now)) : Cell());
    add(one.title, to.say({"等级", "Grade"}), said(then, one.confirmed, grade_text), said(to.scheme, one.now, grade_text));
    add(one.title, to.say({"名次", "Rank"}), one.confirmed ? Cell(rank_text(to, *one.confirmed)) : Cell(), one.now ? Cell(rank_text(to, *one.now)) : Cell());
    for (const auto& criterion : one.criteria) {
      const auto name = criterion_title(to.scheme, then, criterion.criterion);
      add(one.title, to.say(name), office::cell_of(criterion.figure_confirmed), office::cell_of(criterion.figure_now));
      add(one.title, to.say(name) + to.say({" 得分", ": points"}), office::cell_of(criterion.points_confirmed), office::cell_of(criterion.points_now));
    }
  }
  return sheet;
}

Sheet cards_sheet(const Writer& to, const Bilingual& name, const AppraisalScheme& scheme) {
  Sheet sheet = to.sheet(name, {{"类别", "Class"}, {"指标", "Criterion"}, {"权重", "Weight"}, {"权重依据", "Who set the weight"}, {"计分依据", "Who set the rule"}});
  const auto basis = [&](const AppraisalBasis& one) { return one.is_set ? one.legal : to.say({"试算：", "On trial: "}) + one.legal; };
  for (const auto& of : scheme.classes)
    for (const auto& criterion : of.criteria)
      sheet.rows.push_back({to.say(of.title), to.say(criterion.title), criterion.weight, basis(criterion.weight_basis), basis(criterion.rule.basis)});
  return sheet;
}

Sheet about_sheet(const Writer& to) {
  Sheet sheet = to.sheet({"说明", "About"}, {{"项", "Item"}, {"内容", "Text"}});
  const auto add = [&](const Bilingual& item, Cell content) { sheet.rows.push_back({to.say(item), std::move(content)}); };
  add({"办法", "Scheme"}, to.say(to.scheme.title));
  add({"年度", "Year"}, office::whole_of(to.now.year));
  add({"算到第几次变动", "Figures as of change"}, office::whole_of(to.now.feed_seq));
  if (std::ranges::any_of(to.scheme.classes, [&](const auto& of) { return is_trial(to.scheme, of); }))
    add({"试算", "Trial"}, to.say({"权重、计分或等级还没有人定，得分只供试算", "Nobody has set weights, rules or grades yet: the scores are a trial"}));
  if (to.confirmed == nullptr) {
    add({"确认", "Confirmed"}, to.say({"还没有人确认", "nobody has confirmed a result yet"}));
    return sheet;
  }
  add({"确认人", "Confirmed by"}, to.confirmed->by_name);
  add({"确认时间", "Confirmed at"}, from_rfc3339(to.confirmed->at).value_or(Timestamp{}));
  add({"第几版", "Version"}, office::whole_of(to.confirmed->version));
  if (to.confirmed->reason) add({"更正原因", "Why it was corrected"}, *to.confirmed->reason);
  add({"确认内容的 SHA-256", "SHA-256 of what was confirmed"}, to.confirmed->sha256);
  return sheet;
}

}  // namespace

std::vector<Sheet> appraisal_sheets(const AppraisalScheme& scheme, const AppraisalResult& now, const ConfirmedAppraisal* confirmed, bool english) {
  const Writer to{scheme, now, confirmed, english};
  const auto differ = confirmed == nullptr ? std::vector<AppraisalDifference>() : differences(confirmed->result, now);
  std::vector<Sheet> sheets = {results_sheet(to, differ)};
  if (confirmed != nullptr) sheets.push_back(differences_sheet(to, differ));
  sheets.push_back(cards_sheet(to, {"记分卡", "Scorecards"}, scheme));
  if (confirmed != nullptr) sheets.push_back(cards_sheet(to, {"确认时的记分卡", "Scorecards as confirmed"}, confirmed->scheme));
  sheets.push_back(about_sheet(to));
  return sheets;
}

}  // namespace jingwei::policy
