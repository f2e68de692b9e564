// What a newer version of a plan changes. Items are paired first by what names them, then, where that was reworded, by number and
// words; what stays alone was added or removed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "reading/internal/say.h"
#include "reading/reading.h"

namespace jingwei::reading {
namespace {

constexpr double kSameWordsMin = 0.4;

/// Letters, digits and characters alone: punctuation and brackets do not make another name.
std::u32string bare(const std::string& text) {
  std::u32string out;
  for (const char32_t c : to_utf32(fold_width(text)))
    if (is_han(c) || (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'%') out += c;
  return out;
}

/// Share of the pairs of neighbouring characters that both have, of those that either has.
double shared_words(const std::u32string& one, const std::u32string& other) {
  const auto pairs = [](const std::u32string& text) {
    std::set<std::u32string_view> found;
    for (std::size_t i = 0; i + 2 <= text.size(); ++i) found.insert(std::u32string_view(text).substr(i, 2));
    return found;
  };
  const auto left = pairs(one);
  const auto right = pairs(other);
  if (left.empty() || right.empty()) return one == other ? 1 : 0;
  const auto both = std::count_if(left.begin(), left.end(), [&](const auto& pair) { return right.contains(pair); });
  return static_cast<double>(both) / static_cast<double>(left.size() + right.size() - static_cast<std::size_t>(both));
}

/// What names an item, what may have been reworded, and the number that holds it in place.
struct Named {
  std::string exact;  ///< all of it, for what has neither name nor number
  std::u32string name;
  std::u32string words;
  std::string number;
};

using Pairs = std::vector<std::optional<std::size_t>>;  ///< for each newer item its older one

Pairs pair_up(const std::vector<Named>& older, const std::vector<Named>& newer) {
  Pairs pairs(newer.size());
  std::vector<bool> used(older.size(), false);
  const auto by = [&](auto key, auto accepts) {
    std::multimap<decltype(key(older[0])), std::size_t> free;
    for (std::size_t i = 0; i < older.size(); ++i)
      if (!used[i]) free.emplace(key(older[i]), i);
    for (std::size_t i = 0; i < newer.size(); ++i) {
      if (pairs[i]) continue;
      const auto found = free.find(key(newer[i]));
      if (found == free.end() || !accepts(older[found->second], newer[i])) continue;
      pairs[i] = found->second;
      used[found->second] = true;
      free.erase(found);
    }
  };
  by([](const Named& item) { return item.name; }, [](const Named& left, const Named&) { return !left.name.empty(); });
  by([](const Named& item) { return item.exact; }, [](const Named&, const Named&) { return true; });
  by([](const Named& item) { return item.number; },
     [](const Named& left, const Named& right) { return !left.number.empty() && shared_words(left.words, right.words) >= kSameWordsMin; });
  return pairs;
}

class Fields {
 public:
  void compare(const char* field, const std::string& before, const std::string& after) {
    if (before == after) return;
    changes_.push_back({field, before.empty() ? std::nullopt : std::optional(before), after.empty() ? std::nullopt : std::optional(after)});
  }
  std::vector<DraftFieldChange> take() { return std::move(changes_); }

 private:
  std::vector<DraftFieldChange> changes_;
};

std::vector<DraftFieldChange> head_fields(const Draft& older, const Draft& newer) {
  const auto text = [](const std::optional<DraftText>& words) { return words ? words->text : ""; };
  Fields fields;
  fields.compare("title", text(older.title), text(newer.title));
  fields.compare("issuer", text(older.issuer), text(newer.issuer));
  fields.compare("number", text(older.number), text(newer.number));
  fields.compare("date", text(older.date), text(newer.date));
  fields.compare("horizon", say_years(older.horizon), say_years(newer.horizon));
  fields.compare("force", std::string(enum_name(older.force)), std::string(enum_name(newer.force)));
  return fields.take();
}

std::vector<DraftFieldChange> fields_of(const DraftMeasure& older, const DraftMeasure& newer) {
  Fields fields;
  if (bare(older.number) != bare(newer.number)) fields.compare("number", older.number, newer.number);
  fields.compare("heading", older.heading, newer.heading);
  if (bare(older.text) != bare(newer.text)) fields.compare("text", older.text, newer.text);
  fields.compare("units", say_units(older.units), say_units(newer.units));
  return fields.take();
}

std::vector<DraftFieldChange> fields_of(const DraftPromise& older, const DraftPromise& newer) {
  Fields fields;
  fields.compare("subject", older.subject, newer.subject);
  fields.compare("value", say_value(older), say_value(newer));
  fields.compare("period", say_period(older), say_period(newer));
  fields.compare("scope", older.scope.value_or(""), newer.scope.value_or(""));
  return fields.take();
}

std::vector<DraftFieldChange> fields_of(const DraftIndicator& older, const DraftIndicator& newer) {
  const auto text = [](const std::optional<DraftText>& words) { return words ? words->text : ""; };
  Fields fields;
  fields.compare("number", older.number, newer.number);
  fields.compare("name", older.name, newer.name);
  fields.compare("unit", older.unit, newer.unit);
  fields.compare("system", text(older.system), text(newer.system));
  fields.compare("task", text(older.task), text(newer.task));
  fields.compare("baselines", say_figures(older.baselines), say_figures(newer.baselines));
  fields.compare("targets", say_figures(older.targets), say_figures(newer.targets));
  fields.compare("departments", say_units(older.departments), say_units(newer.departments));
  return fields.take();
}

std::string label_of(const DraftMeasure& measure) { return measure.heading.empty() ? std::string(first_characters(measure.text, 40)) : measure.heading; }
std::string label_of(const DraftPromise& promise) { return promise.subject; }
std::string label_of(const DraftIndicator& indicator) { return indicator.name + (indicator.part ? "（" + *indicator.part + "）" : ""); }

template <class Item>
void add_changes(DraftChangedItem item, const std::vector<Item>& older, const std::vector<Item>& newer, const Pairs& pairs, DraftChanges& found) {
  std::vector<bool> used(older.size(), false);
  for (std::size_t i = 0; i < newer.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    if (!pairs[i]) {
      found.changes.push_back({DraftChangeKind::added, item, label_of(newer[i]), std::nullopt, at, {}});
      continue;
    }
    used[*pairs[i]] = true;
    auto fields = fields_of(older[*pairs[i]], newer[i]);
    if (!fields.empty())
      found.changes.push_back({DraftChangeKind::changed, item, label_of(newer[i]), static_cast<std::int64_t>(*pairs[i]), at, std::move(fields)});
  }
  for (std::size_t i = 0; i < older.size(); ++i)
    if (!used[i]) found.changes.push_back({DraftChangeKind::removed, item, label_of(older[i]), static_cast<std::int64_t>(i), std::nullopt, {}});
}

std::vector<Named> names_of(const std::vector<DraftMeasure>& measures) {
  std::vector<Named> names;
  for (const auto& measure : measures) names.push_back({measure.text, bare(measure.heading), bare(measure.text), to_utf8(bare(measure.number))});
  return names;
}

/// A promise belongs to its measure: the same words below another one are another promise. `measure_of` tells the older index.
std::vector<Named> names_of(const std::vector<DraftPromise>& promises, const Pairs* measure_of) {
  std::vector<Named> names;
  for (const auto& promise : promises) {
    std::string place = "-";
    if (promise.measure) {
      const auto own = static_cast<std::size_t>(*promise.measure);
      if (measure_of == nullptr)
        place = std::to_string(own);
      else
        place = (*measure_of)[own] ? std::to_string(*(*measure_of)[own]) : fmt::format("new {}", own);
    }
    names.push_back(
        {place + " " + promise.text, to_utf32(place + " " + std::string(enum_name(promise.period))) + bare(promise.subject), bare(promise.subject), place});
  }
  return names;
}

std::vector<Named> names_of(const std::vector<DraftIndicator>& indicators) {
  std::vector<Named> names;
  for (const auto& indicator : indicators) {
    const std::string part = indicator.part.value_or("");
    names.push_back(
        {indicator.name + " " + part, bare(indicator.name + part), bare(indicator.name), indicator.number.empty() ? "" : indicator.number + " " + part});
  }
  return names;
}

}  // namespace

DraftChanges compare(const Draft& older, const Draft& newer) {
  DraftChanges found;
  if (auto fields = head_fields(older, newer); !fields.empty())
    found.changes.push_back(
        {DraftChangeKind::changed, DraftChangedItem::head, newer.title ? newer.title->text : "", std::nullopt, std::nullopt, std::move(fields)});
  const Pairs measures = pair_up(names_of(older.measures), names_of(newer.measures));
  add_changes(DraftChangedItem::measure, older.measures, newer.measures, measures, found);
  const Pairs promises = pair_up(names_of(older.promises, nullptr), names_of(newer.promises, &measures));
  add_changes(DraftChangedItem::promise, older.promises, newer.promises, promises, found);
  const Pairs indicators = pair_up(names_of(older.indicators), names_of(newer.indicators));
  add_changes(DraftChangedItem::indicator, older.indicators, newer.indicators, indicators, found);
  return found;
}

}  // namespace jingwei::reading
