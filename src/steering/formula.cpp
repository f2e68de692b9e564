// Parser (precedence climbing by two levels) and stack machine of formulas, see formula.h.
#include "steering/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "base/check.h"
#include "base/rejected.h"
#include "base/text.h"

namespace jingwei::steering {

class FormulaParser {
 public:
  FormulaParser(std::string_view text, std::string field) : all_(text), rest_(text), field_(std::move(field)) {}

  Formula parse() {
    if (all_.size() > kFormulaBytesMax) fail({fmt::format("公式最多 {} 个字节", kFormulaBytesMax), fmt::format("a formula has at most {} bytes", kFormulaBytesMax)});
    sum(0);
    space();
    if (!rest_.empty()) fail({"这里应是运算符或公式结尾", "an operator or the end of the formula is expected here"});
    return std::move(formula_);
  }

 private:
  using Act = Formula::Act;

  [[noreturn]] void fail(const Bilingual& reason) const {
    const auto at = count_characters(all_.substr(0, all_.size() - rest_.size())) + 1;
    throw Rejected(Code::invalid, field_, {fmt::format("公式第 {} 个字符：{}", at, reason.zh), fmt::format("formula, character {}: {}", at, reason.en)},
                   {"例如 [A01] / [A02] * 100；可用 before、year_before、min、max、abs", "for example [A01] / [A02] * 100; before, year_before, min, max and abs are known"});
  }

  void space() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\t')) rest_.remove_prefix(1);
  }
  bool take(char c) {
    space();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail({fmt::format("这里应是 {}", c), fmt::format("{} is expected here", c)});
  }
  void emit(Formula::Step step) {
    if (formula_.steps_.size() >= kFormulaStepsMax) fail({"公式太长", "the formula is too long"});
    formula_.steps_.push_back(step);
  }

  void sum(std::size_t depth) {
    if (depth > kFormulaDepthMax) fail({"括号套得太深", "too many brackets within each other"});
    product(depth);
    for (;;) {
      const bool plus = take('+');
      if (!plus && !take('-')) return;
      product(depth);
      emit({plus ? Act::add : Act::subtract});
    }
  }
  void product(std::size_t depth) {
    term(depth);
    for (;;) {
      const bool times = take('*');
      if (!times && !take('/')) return;
      term(depth);
      emit({times ? Act::multiply : Act::divide});
    }
  }
  void term(std::size_t depth) {
    if (depth > kFormulaDepthMax) fail({"括号套得太深", "too many brackets within each other"});
    if (take('-')) {
      term(depth + 1);
      emit({Act::negate});
    } else if (take('(')) {
      sum(depth + 1);
      expect(')');
    } else if (take('[')) {
      emit({Act::reference, 0, code()});
    } else if (!rest_.empty() && rest_.front() >= 'a' && rest_.front() <= 'z') {
      function(depth);
    } else {
      number();
    }
  }
  std::size_t code() {
    const auto end = rest_.find(']');
    if (end == std::string_view::npos || end == 0 || end > kCodeBytesMax) fail({"方括号里应是指标代码", "the code of an indicator is expected in square brackets"});
    const std::string name(trim(rest_.substr(0, end)));
    rest_.remove_prefix(end + 1);
    const auto known = std::ranges::find(formula_.codes_, name);
    if (known != formula_.codes_.end()) return static_cast<std::size_t>(known - formula_.codes_.begin());
    formula_.codes_.push_back(name);
    return formula_.codes_.size() - 1;
  }
  void function(std::size_t depth) {
    std::size_t length = 0;
    while (length < rest_.size() && ((rest_[length] >= 'a' && rest_[length] <= 'z') || rest_[length] == '_')) ++length;
    const std::string_view name = rest_.substr(0, length);
    const bool earlier = name == "before" || name == "year_before";
    const bool two = name == "min" || name == "max";
    if (!earlier && !two && name != "abs") fail({"没有这个函数", "there is no such function"});
    rest_.remove_prefix(length);
    expect('(');
    if (earlier) {
      expect('[');
      emit({Act::reference, 0, code(), name == "before" ? 1 : 0, name == "year_before"});
    } else {
      sum(depth + 1);
      if (two) {
        expect(',');
        sum(depth + 1);
      }
      emit({name == "abs" ? Act::absolute : name == "min" ? Act::smaller : Act::larger});
    }
    expect(')');
  }
  void number() {
    double value = 0;
    const auto [end, failed] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value, std::chars_format::fixed);
    if (failed != std::errc() || !std::isfinite(value)) fail({"这里应是数、指标代码或括号", "a number, a code or a bracket is expected here"});
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    emit({Act::number, value});
  }

  std::string_view all_;
  std::string_view rest_;
  std::string field_;
  Formula formula_;
};

Formula Formula::parse(std::string_view text, const std::string& field) { return FormulaParser(text, field).parse(); }

Formula::Answer Formula::evaluate(const Period& period, const Lookup& lookup) const {
  std::vector<double> stack;
  const auto pop = [&] {
    CHECK(!stack.empty());
    const double value = stack.back();
    stack.pop_back();
    return value;
  };
  for (const auto& step : steps_) {
    if (step.act == Act::number) {
      stack.push_back(step.number);
      continue;
    }
    if (step.act == Act::reference) {
      const Period at = later(period, step.year_before ? -parts_of_year(period.frequency) : -step.periods_before);
      const auto value = lookup(codes_[step.code], at);
      if (!value) return {std::nullopt, Trouble::missing, codes_[step.code], period_text(at)};
      stack.push_back(*value);
      continue;
    }
    const double right = pop();
    if (step.act == Act::negate || step.act == Act::absolute) {
      stack.push_back(step.act == Act::negate ? -right : std::abs(right));
      continue;
    }
    const double left = pop();
    if (step.act == Act::divide && right == 0) return {std::nullopt, Trouble::division_by_zero, {}, {}};
    stack.push_back(step.act == Act::add        ? left + right
                    : step.act == Act::subtract ? left - right
                    : step.act == Act::multiply ? left * right
                    : step.act == Act::divide   ? left / right
                    : step.act == Act::smaller  ? std::min(left, right)
                                                : std::max(left, right));
  }
  CHECK(stack.size() == 1);
  if (!std::isfinite(stack[0])) return {std::nullopt, Trouble::overflow, {}, {}};
  return {stack[0], Trouble::none, {}, {}};
}

std::vector<std::string> circle_from(std::string_view code, const std::map<std::string, std::vector<std::string>, std::less<>>& references) {
  std::vector<std::string> way{std::string(code)};
  std::set<std::string, std::less<>> done;
  const std::function<bool()> leads_back = [&] {
    const auto at = references.find(way.back());
    if (at == references.end()) return false;
    for (const auto& next : at->second) {
      if (next == code) {
        way.push_back(next);
        return true;
      }
      if (!done.insert(next).second) continue;
      way.push_back(next);
      if (leads_back()) return true;
      way.pop_back();
    }
    return false;
  };
  return leads_back() ? way : std::vector<std::string>{};
}

}  // namespace jingwei::steering
