// Terms of a deal: normal form and every rule of their content. Pure.
#include <fmt/format.h>

#include "base/money.h"
#include "base/text.h"
#include "deals/deals.h"
#include "deals/internal/content.h"

namespace jingwei::deals {
namespace {

/// Collects problems of one place in the input.
class Checker {
 public:
  explicit Checker(std::string pointer) : pointer_(std::move(pointer)) {}

  void refuse(std::string_view member, Bilingual reason, Bilingual remedy) {
    problems_.push_back({std::nullopt, pointer_ + std::string(member), std::move(reason), std::move(remedy)});
  }
  void text(std::string_view member, std::string& value, std::size_t characters_max, bool required);
  void day(std::string_view member, std::string& value);
  bool amount(std::string_view member, std::int64_t fen);
  void finish() {
    if (!problems_.empty())
      throw Rejected(Code::invalid, {"条款有误，请按提示修改", "The terms have mistakes; mend them as told"}, std::move(problems_));
  }

 private:
  std::string pointer_;
  std::vector<InputProblem> problems_;
};

void Checker::text(std::string_view member, std::string& value, std::size_t characters_max, bool required) {
  if (auto problem = internal::check_text(pointer_ + std::string(member), value, characters_max, required)) problems_.push_back(std::move(*problem));
}

void Checker::day(std::string_view member, std::string& value) {
  if (const auto normal = normalise_date(trim(value))) {
    value = *normal;
  } else {
    refuse(member, {"没有这一天", "no such day"}, {"请写成 2026-01-21 这样的日期", "write a day such as 2026-01-21"});
    value.clear();
  }
}

bool Checker::amount(std::string_view member, std::int64_t fen) {
  if (fen >= 0 && fen <= kMoneyFenMax) return true;
  refuse(member, {"金额不能为负，也不能超过十万亿元", "an amount is neither negative nor above ten trillion yuan"},
         {"请核对金额，单位是分", "check the amount; the unit is fen"});
  return false;
}

void check_amounts(Checker& checker, const Terms& terms) {
  const bool total_fits = checker.amount("/contract_total_fen", terms.contract_total_fen);
  const bool technology_fits = checker.amount("/technology_amount_fen", terms.technology_amount_fen);
  if (total_fits && technology_fits && terms.technology_amount_fen > terms.contract_total_fen)
    checker.refuse("/technology_amount_fen", {"技术交易额不能大于合同交易总额", "the technology amount is a part of the contract total"},
                   {"请改小技术交易额，或改大合同交易总额", "lower the technology amount or raise the contract total"});
}

void check_term(Checker& checker, Terms& terms) {
  checker.day("/starts_on", terms.starts_on);
  checker.day("/ends_on", terms.ends_on);
  if (!terms.starts_on.empty() && !terms.ends_on.empty() && terms.ends_on < terms.starts_on)
    checker.refuse("/ends_on", {"结束日期早于开始日期", "the end is before the start"}, {"请改结束日期", "change the end"});
}

/// Each milestone by itself and within the term.
void check_milestone(Checker& checker, const Terms& terms, MilestoneTerms& milestone, const std::string& at) {
  checker.text(at + "/title", milestone.title, kMilestoneTitleCharactersMax, true);
  checker.day(at + "/due_on", milestone.due_on);
  const bool term_known = !terms.starts_on.empty() && !terms.ends_on.empty() && terms.starts_on <= terms.ends_on;
  if (term_known && !milestone.due_on.empty() && (milestone.due_on < terms.starts_on || milestone.due_on > terms.ends_on))
    checker.refuse(at + "/due_on", {"不在合同起止日期之内", "outside of the term of the deal"},
                   {fmt::format("请填 {} 至 {} 之间的日期", terms.starts_on, terms.ends_on), fmt::format("give a day from {} to {}", terms.starts_on, terms.ends_on)});
}

void check_milestones(Checker& checker, Terms& terms) {
  auto& milestones = terms.milestones;
  if (milestones.empty() || milestones.size() > kMilestonesMax) {
    checker.refuse("/milestones", {fmt::format("里程碑应有 1 至 {} 个", kMilestonesMax), fmt::format("1 to {} milestones are needed", kMilestonesMax)},
                   {"请增减里程碑", "add or remove milestones"});
    return;
  }
  std::int64_t sum = 0;
  bool amounts_fit = terms.contract_total_fen >= 0 && terms.contract_total_fen <= kMoneyFenMax;
  for (std::size_t i = 0; i < milestones.size(); ++i) {
    const std::string at = "/milestones/" + std::to_string(i);
    check_milestone(checker, terms, milestones[i], at);
    amounts_fit = checker.amount(at + "/amount_fen", milestones[i].amount_fen) && amounts_fit;
    if (amounts_fit) sum += milestones[i].amount_fen;  // kMilestonesMax amounts of kMoneyFenMax cannot overflow
  }
  if (!amounts_fit || sum == terms.contract_total_fen) return;
  const std::string is = format_money({sum}, kFenPerYuan), should = format_money({terms.contract_total_fen}, kFenPerYuan);
  checker.refuse("/milestones",
                 {fmt::format("各里程碑金额合计 {} 元，与合同交易总额 {} 元不符", is, should),
                  fmt::format("the milestones add up to {} yuan, the contract total is {} yuan", is, should)},
                 {"请让各里程碑金额之和等于合同交易总额", "make the amounts of the milestones add up to the contract total"});
}

}  // namespace

namespace internal {

std::optional<InputProblem> check_text(std::string pointer, std::string& value, std::size_t characters_max, bool required) {
  value = std::string(trim(value));
  if (required && value.empty()) return InputProblem{std::nullopt, std::move(pointer), {"没有填写", "nothing is written"}, {"请填写", "fill it in"}};
  if (!is_utf8(value) || value.find('\0') != std::string::npos)
    return InputProblem{std::nullopt, std::move(pointer), {"含有无法识别的字符", "it holds characters that cannot be read"}, {"请重新输入", "type it again"}};
  const std::size_t characters = count_characters(value);
  if (characters <= characters_max) return std::nullopt;
  return InputProblem{std::nullopt, std::move(pointer),
                      {fmt::format("有 {} 个字，最多 {} 个", characters, characters_max), fmt::format("{} characters, at most {}", characters, characters_max)},
                      {"请缩短", "shorten it"}};
}

}  // namespace internal

Terms check_terms(const Terms& terms, const std::string& pointer) {
  Terms normal = terms;
  Checker checker(pointer);
  checker.text("/title", normal.title, kDealTitleCharactersMax, true);
  checker.text("/scope", normal.scope, kScopeCharactersMax, true);
  check_amounts(checker, normal);
  check_term(checker, normal);
  check_milestones(checker, normal);
  checker.finish();
  return normal;
}

}  // namespace jingwei::deals
