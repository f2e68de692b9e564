// A draft as a person reviews it: one line an item. `with_places` adds @begin-end of each, in characters of the text.
//
//   title … | issuer … | number … | date … | horizon … | force …
//   measure NUMBER | heading | section > section
//     step NUMBER heading
//     lead, co, responsible or everywhere UNIT
//   promise NUMBER OF MEASURE (or -) | subject | operator value unit | period year | scope … | aspired
//   indicator NUMBER/part | name | unit | own, within N | system > task | baselines | targets | direction reason | departments
//   doubt POINTER
#pragma once

#include <fmt/format.h>

#include <string>

#include "reading/reading.h"

namespace jingwei::reading {

class DraftLines {
 public:
  DraftLines(const Draft& draft, bool with_places) : draft_(draft), with_places_(with_places) {}

  std::string run() {
    head();
    for (const auto& measure : draft_.measures) add_measure(measure);
    for (const auto& promise : draft_.promises) add_promise(promise);
    for (const auto& indicator : draft_.indicators) add_indicator(indicator);
    for (const auto& doubt : draft_.doubts) add_doubt(doubt);
    return out_;
  }

 private:
  std::string place(const DraftRanges& ranges) const {
    std::string text;
    if (with_places_)
      for (const auto& range : ranges) text += fmt::format("{}{}-{}", text.empty() ? " @" : "+", range.begin, range.end);
    return text;
  }

  void line(const std::string& text) { out_ += (out_.empty() ? "" : "\n") + text; }

  void words(const char* name, const std::optional<DraftText>& words) {
    if (words) line(fmt::format("{} {}{}", name, words->text, place(words->ranges)));
  }

  void head() {
    words("title", draft_.title);
    words("issuer", draft_.issuer);
    words("number", draft_.number);
    words("date", draft_.date);
    std::string years;
    for (const auto& year : draft_.horizon) years += fmt::format(" {}{}", year.year, place(year.ranges));
    if (!years.empty()) line("horizon" + years);
    line(fmt::format("force {}{}", enum_name(draft_.force), place(draft_.force_ranges)));
  }

  static std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

  void add_measure(const DraftMeasure& measure) {
    std::string sections;
    for (const auto& section : measure.sections) sections += (sections.empty() ? "" : " > ") + section.text + place(section.ranges);
    line(fmt::format("measure {} | {}{}{}{}", or_dash(measure.number), or_dash(measure.heading), sections.empty() ? "" : " | ", sections,
                     place(measure.ranges)));
    for (const auto& step : measure.steps) {
      std::string shown = step.heading.empty() ? step.text : step.heading;
      for (const std::string_view stop : {"。", "；"})
        if (shown.ends_with(stop)) shown.resize(shown.size() - stop.size());
      line(fmt::format("  step {} {}{}", step.number, shown, place(step.ranges)));
    }
    for (const auto& unit : measure.units) line(fmt::format("  {} {}{}", enum_name(unit.role), unit.name, place(unit.ranges)));
  }

  std::string measure_of(const DraftPromise& promise) const {
    if (!promise.measure) return "-";
    const auto& measure = draft_.measures.at(static_cast<std::size_t>(*promise.measure));
    return measure.number.empty() ? measure.heading : measure.number;
  }

  void add_promise(const DraftPromise& promise) {
    std::string figure{enum_name(promise.operator_)};
    if (promise.value) figure += " " + *promise.value;
    if (promise.value_to) figure += ".." + *promise.value_to;
    if (!promise.unit.empty()) figure += " " + promise.unit;
    if (promise.relative_to) figure += " " + *promise.relative_to;
    std::string period{enum_name(promise.period)};
    if (promise.year) period += fmt::format(" {}", *promise.year);
    line(fmt::format("promise {} | {} | {} | {}{}{}{}", measure_of(promise), promise.subject, figure, period, promise.scope ? " | scope " + *promise.scope : "",
                     promise.aspired ? " | aspired" : "", place(promise.ranges)));
    if (with_places_) line(fmt::format("  {}{}", promise.text, place(promise.value_ranges)));
  }

  std::string figures(const std::vector<DraftFigure>& list, bool with_kind) const {
    std::string text;
    for (const auto& figure : list) {
      std::string shown = with_kind && figure.kind != DraftTargetKind::none ? std::string(enum_name(figure.kind)) : "";
      if (figure.value) shown += (shown.empty() ? "" : " ") + *figure.value;
      if (shown.empty()) shown = "-";
      text += fmt::format("{}{}: {}{}{}", text.empty() ? "" : ", ", or_dash(figure.period), shown, figure.remark ? " (" + *figure.remark + ")" : "",
                          place(figure.ranges));
    }
    return or_dash(text);
  }

  void add_indicator(const DraftIndicator& indicator) {
    std::string extras = indicator.own ? " | own" : "";
    if (indicator.within) extras += " | within " + *indicator.within;
    std::string place_of = indicator.system ? indicator.system->text : "";
    if (indicator.task) place_of += (place_of.empty() ? "" : " > ") + indicator.task->text;
    std::string units;
    for (const auto& unit : indicator.departments)
      units += fmt::format("{}{} {}{}", units.empty() ? "" : ", ", enum_name(unit.role), unit.name, place(unit.ranges));
    line(fmt::format("indicator {}{} | {} | {}{}{} | {} | {} | {} {} | {}{}", or_dash(indicator.number), indicator.part ? "/" + *indicator.part : "",
                     indicator.name, or_dash(indicator.unit), extras, place_of.empty() ? "" : " | " + place_of, figures(indicator.baselines, false),
                     figures(indicator.targets, true), enum_name(indicator.direction), enum_name(indicator.direction_reason), or_dash(units),
                     place(indicator.ranges)));
  }

  void add_doubt(const DraftDoubt& doubt) {
    line(fmt::format("doubt {}{}", doubt.item.empty() ? "-" : doubt.item, place(doubt.ranges)));
    if (with_places_) line(fmt::format("  {}：{}", doubt.what.zh, doubt.reason.zh));
  }

  const Draft& draft_;
  bool with_places_;
  std::string out_;
};

inline std::string lines_of(const Draft& draft, bool with_places) { return DraftLines(draft, with_places).run(); }

}  // namespace jingwei::reading
