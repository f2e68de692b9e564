#include "match/internal/explain.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/money.h"
#include "base/text.h"

namespace jingwei::match {
namespace {

// Order of reasons: a figure that is met, then the best way through the lexicon, or else the trouble that both come near, then shared
// words, then the rest.
constexpr double kFigureStrength = 0.5;
constexpr double kLexiconStrength = 0.3;
constexpr double kFurtherLexiconStrength = 0.1;
constexpr double kTopicStrength = 0.2;
constexpr double kWordsStrength = 0.15;
constexpr double kMeaningStrength = 0.15;
constexpr double kOtherTrouble = 0.45;     // share from which a title that speaks of another trouble speaks against a supply: one, hardly near
constexpr double kCloseInMeaning = 0.5;  // part from which it is a reason
constexpr double kOtherWords = 0.5;        // text part from which two do speak in the same words

constexpr double kTitleFactor = 1.5;            // a shared word counts so much more when the supply's title holds it
constexpr std::size_t kDigitsShown = 3;     // from which a number may be a shared word of a need
constexpr std::size_t kWordsLookedAt = 12;  // of which those inside longer ones fall away

/// A reason that may be shown: told only when it is among the strongest, for most of them are not.
struct Ranked {
  double strength = 0;
  std::function<std::optional<Reason>()> tell;  ///< nothing: it was none after all
};

Reason said(ReasonKind kind, Bilingual text) { return {kind, std::move(text), {}, {}, {}}; }

/// One supply's explanation.
class Explanation {
 public:
  Explanation(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Need& need, Mode mode, const Scored& scored,
              const Explainer& shared)
      : index_(index), knowledge_(knowledge), query_(query), need_(need), mode_(mode), scored_(scored), shared_(shared),
        data_(*index.parts[scored.candidate.place.part].data), row_(index.row(scored.candidate.place)), room_(shared.room()),
        document_(data_.particulars(scored.candidate.place.row)), shares_(shared.shares()) {
    ranked_.reserve(kReasonsRankedMax);
  }

  Item item() {
    Item item;
    item.id = document_.id;
    item.kind = document_.kind.empty() ? std::string(kKinds[row_.text_kind]) : document_.kind;
    item.score = scored_.score;
    item.reasons.reserve(kReasonsMax);
    item.parts.reserve(shares_.size() + 1);
    for (std::size_t i = 0; i < shares_.size(); ++i)
      if (shares_[i] > 0) item.parts.emplace_hint(item.parts.end(), kFeatureNames[i], scored_.features[i]);
    if (scored_.meaning) item.parts.emplace("meaning", *scored_.meaning);
    item.problems = scored_.problems;
    lexicon_reasons();
    if (mode_ != Mode::search) topic_reason();
    add(kWordsStrength + share(Feature::text) * scored_.candidate.text * 0.5, [this] { return word_reason(); });
    if (mode_ == Mode::need) {
      segment_reason();
      region_reason();
      budget_reason();
      stage_reason();
    }
    if (mode_ != Mode::search) figure_reason();
    meaning_reason();
    for (const Ranked& one : ranked_) {
      if (item.reasons.size() == kReasonsMax) break;
      if (auto reason = one.tell()) item.reasons.push_back(std::move(*reason));
    }
    if (item.reasons.empty())  // found by what the best supplies say, not by the need's own words
      item.reasons.push_back(said(ReasonKind::words, {"与最匹配的几条供给讲的是同一类事", "Speaks of the same matter as the best matches"}));
    if (mode_ == Mode::need) item.missing = missing();
    return item;
  }

 private:
  static constexpr std::size_t kReasonsRankedMax = 9;
  /// From a term of the need to one that the supply holds.
  struct Way {
    double strength = 0;
    const QueryConcept* from = nullptr;
    const Link* link = nullptr;
    std::string supply_words = {};  ///< once they were looked for
  };

  /// With title and text, folded, and their pairs of characters: read when first asked for, which for a few words is seldom.
  const Explainer::Room& texts() const {
    if (std::exchange(texts_read_, true)) return room_;
    data_.read_folded(scored_.candidate.place.row, room_.folded);
    room_.title.assign(room_.folded.title.begin(), room_.folded.title.end());
    room_.text.assign(room_.folded.text.begin(), room_.folded.text.end());
    room_.pairs.reset();
    for (const auto* text : {&room_.title, &room_.text})
      for (std::size_t i = 0; i + 1 < text->size(); ++i) room_.pairs.set(pair_bit((*text)[i], (*text)[i + 1]));
    return room_;
  }

  static std::size_t pair_bit(char32_t a, char32_t b) { return (a * 0x9e3779b1U ^ b * 0x85ebca6bU) >> 12 & 4095; }
  /// Whether its first two characters and its last two may each stand together somewhere; most words end here.
  bool may_hold(const std::u32string& word) const {
    const auto& pairs = texts().pairs;
    return word.size() < 2 || (pairs.test(pair_bit(word[0], word[1])) && pairs.test(pair_bit(word[word.size() - 2], word.back())));
  }
  bool holds(const std::u32string& word) const {
    return may_hold(word) && (texts().title.find(word) != std::u32string::npos || texts().text.find(word) != std::u32string::npos);
  }

  double share(Feature feature) const { return at(shares_, feature); }

  /// As the supply writes a concept: the longest of its names that stands there. Names with a gap are left to the main name.
  std::string written_in_supply(std::uint32_t entry) const {
    const std::u32string* longest = nullptr;
    for (const auto& name : shared_.folded_names(entry))
      if ((longest == nullptr || name.size() > longest->size()) && holds(name)) longest = &name;
    return longest != nullptr ? to_utf8(*longest) : knowledge_.lexicon.concepts()[entry].name;
  }

  /// The two strongest ways through the lexicon. A word that both sides write alike is left to the shared words.
  void lexicon_reasons() {
    // Of each term of the need the heaviest way that ends in the supply.
    std::vector<Explainer::Way>& best = room_.ways;
    best.clear();
    const OpaqueTerms held = data_.opaque_terms(scored_.candidate.place.row);
    for (std::uint32_t i = 0; i < held.size(); ++i)
      for (const Explainer::Way& way : shared_.ways_to(held[i] & ~(kInTitle | kInText))) best.push_back(way);
    std::ranges::sort(best, {}, [](const Explainer::Way& way) { return std::pair(way.from, way.link); });
    best.erase(std::ranges::unique(best, {}, &Explainer::Way::from).begin(), best.end());
    std::vector<Way> ways;
    ways.reserve(best.size());
    for (const auto& [key, from, number] : best) {
      const QueryConcept& found = query_.concepts[from];
      const Link& link = found.links[number];
      ways.push_back({found.weight * link.weight * shared_.rarity_of_end(from, number), &found, &link, {}});
    }
    std::sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) { return a.strength != b.strength ? a.strength > b.strength : a.from < b.from; });
    for (std::size_t i = 0, shown = 0; i < ways.size() && shown < 2; ++i) {
      if (ways[i].link->steps.empty()) {
        ways[i].supply_words = written_in_supply(ways[i].link->to);
        if (written_alike(ways[i])) continue;
      }
      ways_shown_[shown] = ways[i];
      const Way& way = ways_shown_[shown];
      add((shown++ == 0 ? kLexiconStrength : kFurtherLexiconStrength) + share(Feature::lexicon) * way.strength, [this, &way] { return lexicon_reason(way); });
    }
  }

  static bool written_alike(const Way& way) {
    const auto need = to_utf8(way.from->written);
    return way.supply_words.find(need) != std::string::npos || need.find(way.supply_words) != std::string::npos;
  }

  Reason lexicon_reason(const Way& way) const {
    Reason reason;
    reason.kind = ReasonKind::lexicon;
    reason.need_words = to_utf8(way.from->written);
    reason.supply_words = way.supply_words.empty() ? written_in_supply(way.link->to) : way.supply_words;
    reason.relation = std::string(way.link->steps.empty() ? "same" : relation_name(way.link->steps.back().type));
    reason.text = describe_link(knowledge_.lexicon, *reason.need_words, *reason.supply_words, *way.link);
    return reason;
  }

  /// When no term of the need leads to the supply, and both speak differently: they may share no word at all.
  void topic_reason() {
    if (ways_shown_[0].link != nullptr || scored_.candidate.text >= kOtherWords) return;
    const auto found = shared_.trouble().nearest(data_.topics[scored_.candidate.place.row]);
    if (found) add(kTopicStrength + share(Feature::topic) * found->share, [this, entry = found->entry] { return shared_.trouble().tell(entry, texts().title, texts().text); });
  }

  std::optional<Reason> word_reason() const {
    struct Word {
      double worth;
      std::uint32_t place;
      const std::u32string* written;
    };
    // Worth falls along the list, and a title counts half as much again: once enough are found, lighter words cannot get in.
    std::vector<Word> words;
    words.reserve(2 * kWordsLookedAt);
    for (const auto& [place, in_title] : shared_.words_held(scored_.candidate.hits)) {
      const auto& [worth, written] = shared_.words()[place];
      if (words.size() >= kWordsLookedAt && worth * kTitleFactor < words.back().worth) break;
      words.push_back({worth * (in_title ? kTitleFactor : 1), place, written});
    }
    std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.worth != b.worth ? a.worth > b.worth : a.place < b.place; });
    std::vector<std::string> shown;
    for (const Word& word : words) {
      // 主轴 says nothing beside 主轴轴承.
      const bool inside = std::ranges::any_of(
          words, [&](const Word& other) { return other.written->size() > word.written->size() && other.written->find(*word.written) != std::u32string::npos; });
      if (!inside && shown.size() < kWordsShownMax) shown.push_back(to_utf8(*word.written));
    }
    if (shown.empty()) return std::nullopt;
    Reason reason;
    reason.kind = ReasonKind::words;
    reason.need_words = join(shown, "、");
    reason.supply_words = reason.need_words;
    reason.text = {fmt::format("都提到：{}", *reason.need_words), fmt::format("Both mention {}", join(shown, ", "))};
    return reason;
  }

  void segment_reason() {
    const Segment* own = knowledge_.places.segment(document_.segment);
    const Segment* given = knowledge_.places.segment(need_.segment);
    if (own == nullptr || own->general() || given == nullptr) return;
    if (own->code == given->code)
      add(share(Feature::segment),
          [own] { return said(ReasonKind::segment, {fmt::format("同属“{}”环节", own->zh), fmt::format("Same segment: {}", own->en)}); });
    else if (const auto* way = index_.way(stable_hash(given->code), row_.segment); way != nullptr && way->steps <= kStepsOfWayMax)
      add(share(Feature::segment) * 0.6, [way, own] { return said(ReasonKind::segment, describe_way(*way, *own)); });
    else if (own->chain == given->chain)
      add(share(Feature::segment) * 0.6,
          [own] { return said(ReasonKind::segment, {fmt::format("同在“{}”产业链", own->chain), fmt::format("Same chain: {}", own->en)}); });
  }

  void region_reason() {
    if (need_.region.empty() || document_.region.empty()) return;
    const int distance = region_distance(need_.region, document_.region);
    if (distance > 1) return;
    add(share(Feature::region) * (distance == 0 ? 1 : 0.8), [this, distance] {
      const auto name = knowledge_.places.region_name(document_.region);
      return said(ReasonKind::region, distance == 0 ? Bilingual{fmt::format("就在本地：{}", name), fmt::format("In the same place: {}", name)}
                                                    : Bilingual{fmt::format("在同一个市：{}", name), fmt::format("In the same city: {}", name)});
    });
  }

  void budget_reason() {
    if (!need_.budget_fen || !document_.amount_fen) return;
    const bool money = document_.kind == "fund" || document_.kind == "policy";
    if (money ? (query_.kinds_called & (1U << kind_place("fund"))) == 0 : *document_.amount_fen > *need_.budget_fen) return;
    add(share(Feature::budget) + (money ? 0.1 : 0), [this, money] {
      const auto amount = format_money({*document_.amount_fen}, kFenPerWan);
      return said(ReasonKind::budget, money ? Bilingual{fmt::format("单笔最高 {} 万元", amount), fmt::format("Up to {} × 10,000 yuan at a time", amount)}
                                            : Bilingual{fmt::format("报价 {} 万元，在预算之内", amount), fmt::format("Price {} × 10,000 yuan, within the budget", amount)});
    });
  }

  void stage_reason() {
    if (need_.stage.empty() || row_.stages == 0 || (row_.stages & stage_bits(std::span(&need_.stage, 1))) == 0) return;
    add(share(Feature::stage), [] { return said(ReasonKind::stage, {"面向贵企业所处的成长阶段", "Meant for enterprises at your stage"}); });
  }

  void figure_reason() {
    // What is asked without a bound is met by nothing.
    if (std::ranges::all_of(query_.figures, [](const Figure& asked) { return asked.bound == Bound::exact; })) return;
    auto offered = find_figures(texts().title, query_.figures);
    for (auto& figure : find_figures(texts().text, query_.figures)) offered.push_back(std::move(figure));
    for (const Figure& asked : query_.figures)
      for (const Figure& figure : offered) {
        if (!figure_met(asked, figure)) continue;
        Reason reason;
        reason.kind = ReasonKind::figure;
        reason.need_words = to_utf8(asked.subject + asked.written);
        reason.supply_words = to_utf8(figure.subject + figure.written);
        reason.text = {fmt::format("指标够得上：你要“{}”，供给写明“{}”", *reason.need_words, *reason.supply_words),
                       fmt::format("Figure met: you ask “{}”, the supply states “{}”", *reason.need_words, *reason.supply_words)};
        add(kFigureStrength, [reason = std::move(reason)] { return reason; });
        return;
      }
  }

  void meaning_reason() {
    if (!scored_.meaning || *scored_.meaning < kCloseInMeaning) return;
    if (ways_shown_[0].link != nullptr || word_reason())
      add(kMeaningStrength * *scored_.meaning, [] { return said(ReasonKind::meaning, {"意思也相近（语义模型的判断）", "Close in meaning too, as a model of meaning judges"}); });
    else
      add(kLexiconStrength, [] {
        return said(ReasonKind::meaning, {"用词不同，但意思相近（语义模型的判断，请自行核实）", "Other words, but close in meaning, as a model of meaning judges; please check for yourself"});
      });
  }

  std::vector<Bilingual> missing() const {
    std::vector<Bilingual> found;
    const bool money = document_.kind == "fund" || document_.kind == "policy";
    if (need_.budget_fen && document_.amount_fen && !money && *document_.amount_fen > *need_.budget_fen) {
      const auto over = format_money({*document_.amount_fen - *need_.budget_fen}, kFenPerWan);
      found.push_back({fmt::format("报价比预算高 {} 万元", over), fmt::format("The price is {} × 10,000 yuan above the budget", over)});
    }
    if (document_.trl && *document_.trl <= 5)
      found.push_back({fmt::format("成熟度 {} 级，还没到中试", *document_.trl), fmt::format("Readiness level {}: not yet piloted", *document_.trl)});
    else if (document_.trl && *document_.trl <= 6 && need_.stage == "mature")
      found.push_back({fmt::format("成熟度 {} 级，上产线前还要验证", *document_.trl),
                       fmt::format("Readiness level {}: to be proven before it goes on a line", *document_.trl)});
    if (!need_.region.empty() && !document_.region.empty() && region_distance(need_.region, document_.region) >= 3) {
      const auto name = knowledge_.places.region_name(document_.region);
      found.push_back({fmt::format("在外省市：{}", name), fmt::format("In another province: {}", name)});
    }
    if (scored_.other_trouble.share >= kOtherTrouble) {
      const auto& name = knowledge_.lexicon.concepts()[*scored_.other_trouble.entry].name;
      found.push_back({fmt::format("标题说的是“{}”，请看是不是你的问题", name), fmt::format("Its title speaks of “{}”: see whether that is your trouble", name)});
    }
    if (query_.kinds_called == 0) {
      if (document_.kind == "instrument") found.push_back({"只是仪器：能测出问题，不等于解决", "Only an instrument: it shows the problem, it does not solve it"});
      if (document_.kind == "scenario") found.push_back({"这是一处应用场景，不是现成方案", "A place to apply solutions, not a solution"});
      if (document_.kind == "fund") found.push_back({"只解决资金，不解决技术", "Money only, not the technology"});
    }
    if (!need_.stage.empty() && row_.stages != 0 && (row_.stages & stage_bits(std::span(&need_.stage, 1))) == 0)
      found.push_back({"面向别的成长阶段的企业", "Meant for enterprises at another stage"});
    if (!need_.deadline.empty() && !document_.valid_to.empty() && document_.valid_to < need_.deadline)
      found.push_back({fmt::format("有效期只到 {}", document_.valid_to), fmt::format("Valid only until {}", document_.valid_to)});
    return found;
  }

  /// Behind those that are as strong.
  void add(double strength, std::function<std::optional<Reason>()> tell) {
    const auto at = std::ranges::upper_bound(ranked_, strength, std::greater<>(), &Ranked::strength);
    ranked_.insert(at, {strength, std::move(tell)});
  }

  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  const Query& query_;
  const Need& need_;
  Mode mode_;
  const Scored& scored_;
  const Explainer& shared_;
  const PartData& data_;
  Row row_;
  Explainer::Room& room_;
  mutable bool texts_read_ = false;
  Document document_;
  const Features& shares_;
  std::array<Way, 2> ways_shown_{};  ///< strongest first
  std::vector<Ranked> ranked_;  ///< strongest first
};

}  // namespace

Explainer::Explainer(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Plan& plan, const Rescorer& rescorer, const Need& need,
                     Mode mode, const Features& shares)
    : index_(index), knowledge_(knowledge), query_(query), need_(need), mode_(mode), shares_(shares), rescorer_(rescorer), frequencies_(plan.frequencies),
      rarest_(std::max(1.0, std::log(1 + static_cast<double>(index.totals.documents)))),
      trouble_(knowledge, query, need) {
  struct Shown {
    Word word;
    std::uint32_t term;  // of the plan
  };
  std::vector<Shown> shown;
  for (std::size_t i = 0, term = 0; i < query.terms.size() && term < plan.terms.size(); ++i) {
    const QueryTerm& own = query.terms[i];
    if (plan.terms[term].key != own.key) continue;
    // That a need and a supply both write 35 says nothing; 7075 may be an alloy. Who searches for a number wants it.
    const std::size_t shortest = mode != Mode::search && is_number(own.written) ? kDigitsShown : 2;
    if (own.word && own.written.size() >= shortest) shown.push_back({{plan.terms[term].weight, &own.written}, static_cast<std::uint32_t>(term)});
    ++term;
  }
  std::ranges::stable_sort(shown, std::greater<>(), [](const Shown& one) { return one.word.worth; });
  word_of_term_.assign(plan.terms.size(), kNone);
  for (const auto& [word, term] : shown) {
    word_of_term_[term] = static_cast<std::uint32_t>(words_.size());
    words_.push_back(word);
  }
  for (std::uint32_t from = 0; from < query.concepts.size(); ++from)
    for (std::uint32_t link = 0; link < query.concepts[from].links.size(); ++link)
      if (frequencies_.links[from][link] > 0)
        ways_.push_back({opaque_key(query.concepts[from].links[link].key), from, link});
  std::ranges::sort(ways_, {}, [](const Way& way) { return std::tuple(way.key, way.from, way.link); });
  for (const Way& way : ways_) ways_hint_.set(hint_of(way.key));
}

std::span<const Explainer::WordHeld> Explainer::words_held(HitsKept hits) const {
  room_.words.clear();
  for (const auto& [term, title] : rescorer_.hits(hits))
    if (word_of_term_[term] != kNone) room_.words.push_back({word_of_term_[term], title});
  std::ranges::sort(room_.words, {}, &WordHeld::place);
  return room_.words;
}

double Explainer::rarity_of_end(std::uint32_t from, std::uint32_t link) const {
  return std::min(1.0, rarity_of(frequencies_.links[from][link], index_.totals.documents) / rarest_);
}

std::span<const Explainer::Way> Explainer::ways_with(std::uint32_t key) const {
  const auto same = std::ranges::equal_range(ways_, key, {}, &Way::key);
  return {same.begin(), same.end()};
}

const std::vector<std::u32string>& Explainer::folded_names(std::uint32_t entry) const {
  const auto [at, first] = folded_names_.try_emplace(entry);
  if (first)
    for (const auto& name : knowledge_.lexicon.concepts()[entry].names) at->second.push_back(Analyser::fold(name));
  return at->second;
}

Item Explainer::explain(const Scored& scored) const { return Explanation(index_, knowledge_, query_, need_, mode_, scored, *this).item(); }

}  // namespace jingwei::match
