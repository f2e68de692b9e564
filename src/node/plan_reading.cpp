#include "node/internal/plan_reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "io/file.h"
#include "reading/file.h"
#include "reading/reading.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kLabelCharactersMax = 60;
constexpr std::uint64_t kFileBytesReadMax = 1ULL << 30;  ///< the reader itself refuses less, in words for people

std::string text_of(const std::filesystem::path& file) {
  io::SystemPrograms programs;
  return reading::text_of_file(io::read_file(file, kFileBytesReadMax), programs);
}

/// The report for a person: items with the line of the text where they begin.
class Report {
 public:
  Report(const std::string& text, bool in_chinese) : in_chinese_(in_chinese) {
    std::int64_t at = 0;
    lines_.push_back(0);
    for (std::string_view rest = text; !rest.empty(); ++at)
      if (take_code_point(rest) == U'\n') lines_.push_back(at + 1);
  }

  std::string run(const reading::Draft& draft) {
    add_head(draft);
    title(say("举措", "Measures"), draft.measures.size());
    for (const auto& measure : draft.measures) {
      put(measure.ranges,
          fmt::format("{} {}", measure.number, measure.heading.empty() ? first_characters(measure.text, kLabelCharactersMax) : measure.heading));
      for (const auto role :
           {reading::DraftUnitRole::lead, reading::DraftUnitRole::co, reading::DraftUnitRole::responsible, reading::DraftUnitRole::everywhere})
        add_units(measure.units, role);
    }
    title(say("承诺", "Promises"), draft.promises.size());
    for (const auto& promise : draft.promises) put(promise.ranges, promise.text);
    title(say("指标", "Indicators"), draft.indicators.size());
    for (const auto& indicator : draft.indicators) add_indicator(indicator);
    title(say("疑点", "Doubts"), draft.doubts.size());
    for (const auto& doubt : draft.doubts)
      put(doubt.ranges, fmt::format("{} {} {}", say(doubt.what), say("（" + doubt.reason.zh + "）", "(" + doubt.reason.en + ")"),
                                    say("→ " + doubt.remedy.zh, "-> " + doubt.remedy.en)));
    return std::move(out_);
  }

  std::string run(const reading::DraftChanges& found) {
    title(say("改动", "Changes"), found.changes.size());
    for (const auto& change : found.changes) {
      out_ += fmt::format("  {} {} {}\n", enum_name(change.kind), enum_name(change.item), change.label);
      for (const auto& field : change.fields) out_ += fmt::format("      {}: {} -> {}\n", field.field, field.before.value_or("-"), field.after.value_or("-"));
    }
    return std::move(out_);
  }

 private:
  std::string say(const std::string& zh, const std::string& en) const { return in_chinese_ ? zh : en; }
  std::string say(const Bilingual& text) const { return say(text.zh, text.en); }

  void title(const std::string& name, std::size_t count) { out_ += fmt::format("{}: {}\n", name, count); }

  void put(const reading::DraftRanges& ranges, const std::string& text) {
    const auto line = ranges.empty() ? 0 : std::upper_bound(lines_.begin(), lines_.end(), ranges.front().begin) - lines_.begin();
    out_ += ranges.empty() ? fmt::format("        {}\n", text) : fmt::format("  {:>5} {}\n", line, text);
  }

  void put_words(const Bilingual& name, const std::optional<reading::DraftText>& words) {
    out_ += fmt::format("{}: {}\n", say(name), words ? words->text : "-");
  }

  void add_head(const reading::Draft& draft) {
    put_words({"标题", "Title"}, draft.title);
    put_words({"发文单位", "Issuer"}, draft.issuer);
    put_words({"文号", "Number"}, draft.number);
    put_words({"日期", "Date"}, draft.date);
    std::string years;
    for (const auto& year : draft.horizon) years += fmt::format("{}{}", years.empty() ? "" : ", ", year.year);
    out_ += fmt::format("{}: {}\n", say("展望年份", "Years"), years.empty() ? "-" : years);
    const Bilingual force = draft.force == reading::DraftForce::draft      ? Bilingual{"征求意见", "draft"}
                            : draft.force == reading::DraftForce::in_force ? Bilingual{"已印发", "in force"}
                                                                           : Bilingual{"没有说", "not said"};
    out_ += fmt::format("{}: {}\n", say("效力", "Force"), say(force));
  }

  void add_units(const std::vector<reading::DraftUnit>& units, reading::DraftUnitRole role) {
    static const Bilingual names[] = {{"牵头", "leads"}, {"配合", "with"}, {"责任", "responsible"}, {"各条都负责", "everywhere"}};
    std::string list;
    for (const auto& unit : units)
      if (unit.role == role) list += (list.empty() ? "" : "、") + unit.name;
    if (!list.empty()) out_ += fmt::format("          {}: {}\n", say(names[static_cast<int>(role)]), list);
  }

  void add_indicator(const reading::DraftIndicator& indicator) {
    std::string figures;
    for (const auto* list : {&indicator.baselines, &indicator.targets})
      for (const auto& figure : *list) figures += fmt::format("  {} {}", figure.period, figure.written.empty() ? "-" : figure.written);
    const std::string part = indicator.part ? " [" + *indicator.part + "]" : "";
    put(indicator.ranges,
        fmt::format("{} {}{}{}{}", indicator.number, indicator.name, part, indicator.unit.empty() ? "" : " (" + indicator.unit + ")", figures));
  }

  bool in_chinese_;
  std::vector<std::int64_t> lines_;  ///< where each line begins
  std::string out_;
};

}  // namespace

std::string plan_reading(const PlanReadingRequest& request, bool in_chinese) {
  const std::string text = text_of(request.file);
  const reading::Draft draft = reading::read(text);
  std::optional<reading::DraftChanges> changes;
  if (!request.since.empty()) changes = reading::compare(reading::read(text_of(request.since)), draft);
  if (!request.as_json) return Report(text, in_chinese).run(draft) + (changes ? Report(text, in_chinese).run(*changes) : "");
  json::object whole{{"text", text}, {"draft", to_json(draft)}};
  if (changes) whole["changes"] = to_json(changes->changes);
  return json::serialize(whole) + "\n";
}

}  // namespace jingwei::node
