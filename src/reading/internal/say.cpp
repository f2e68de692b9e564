#include "reading/internal/say.h"

#include <fmt/format.h>

namespace jingwei::reading {
namespace {

void append(std::string& list, const std::string& item) { list += (list.empty() ? "" : "、") + item; }

}  // namespace

std::string say_years(const std::vector<DraftYear>& years) {
  std::string list;
  for (const auto& year : years) append(list, std::to_string(year.year));
  return list;
}

std::string say_units(const std::vector<DraftUnit>& units) {
  std::string list;
  for (const auto& unit : units) append(list, unit.name + (unit.role == DraftUnitRole::lead ? "（牵头）" : ""));
  return list;
}

std::string say_value(const DraftPromise& promise) {
  const std::string figure = promise.value.value_or("") + promise.unit;
  switch (promise.operator_) {
    case DraftPromiseOperator::equal:
      return figure;
    case DraftPromiseOperator::at_least:
      return "不少于" + figure;
    case DraftPromiseOperator::at_most:
      return "不超过" + figure;
    case DraftPromiseOperator::over:
      return "超过" + figure;
    case DraftPromiseOperator::under:
      return "低于" + figure;
    case DraftPromiseOperator::about:
      return figure + "左右";
    case DraftPromiseOperator::between:
      return fmt::format("{}—{}{}", promise.value.value_or(""), promise.value_to.value_or(""), promise.unit);
    case DraftPromiseOperator::relative:
      return "不低于" + promise.relative_to.value_or("");
    case DraftPromiseOperator::monthly:
      return "月月";
    case DraftPromiseOperator::rank:
      return "前" + figure;
  }
  return figure;
}

std::string say_period(const DraftPromise& promise) {
  switch (promise.period) {
    case DraftPromisePeriod::total:
      return "";
    case DraftPromisePeriod::each_year:
      return promise.year ? fmt::format("每年，到{}年", *promise.year) : "每年";
    case DraftPromisePeriod::each_quarter:
      return "每季度";
    case DraftPromisePeriod::each_month:
      return "每月";
    case DraftPromisePeriod::by_year:
      return fmt::format("到{}年", promise.year.value_or(0));
  }
  return "";
}

std::string say_figures(const std::vector<DraftFigure>& figures) {
  std::string list;
  for (const auto& figure : figures)
    append(list, fmt::format("{}{}{}", figure.period, figure.period.empty() ? "" : " ", figure.written.empty() ? "-" : figure.written));
  return list;
}

}  // namespace jingwei::reading
