#include "match/internal/lexicon_builder.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace jingwei::match {
namespace {

std::vector<std::string> names_of(std::string_view list) {
  std::vector<std::string> names;
  for (const auto part : split(list, '|')) names.emplace_back(trim(part));
  return names;
}

std::vector<std::string_view> split_at(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(mark);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + mark.size());
  }
}

/// What a term is that only appears behind a relation.
TermType implied_type(RelationType type) {
  switch (type) {
    case RelationType::caused_by: return TermType::cause;
    case RelationType::made_with: return TermType::material;
    case RelationType::made_by: return TermType::process;
    case RelationType::tested_with: return TermType::equipment;
    case RelationType::used_in:
    case RelationType::part_of: return TermType::product;
    default: return TermType::method;
  }
}

}  // namespace

void LexiconBuilder::fault(const std::string& where, Bilingual reason, Bilingual remedy) {
  if (faults_.size() < kProblemsReportedMax) faults_.push_back({std::nullopt, where, std::move(reason), std::move(remedy)});
}

void LexiconBuilder::read(const Lexicon::Source& source) {
  segments_.clear();
  current_.reset();
  std::size_t number = 0;
  for (const auto line : split(source.content, '\n')) {
    ++number;
    read_line(line, fmt::format("{}:{}", source.name, number));
  }
}

void LexiconBuilder::read_line(std::string_view line, const std::string& where) {
  const bool indented = !line.empty() && (line[0] == ' ' || line[0] == '\t');
  line = trim(line.substr(0, line.find('#')));
  if (line.empty()) return;
  if (!is_utf8(line)) return fault(where, {"不是 UTF-8 文字", "not UTF-8 text"}, {"用 UTF-8 保存", "Save it as UTF-8"});
  const auto space = std::min(line.find_first_of(" \t"), line.size());
  const auto word = line.substr(0, space);
  const auto rest = trim(line.substr(space));
  if (indented) return read_relation(word, rest, where);
  current_.reset();
  if (word == "segments") {
    segments_.clear();
    for (const auto code : split(rest, ' '))
      if (!trim(code).empty()) segments_.emplace_back(trim(code));
    return;
  }
  read_term(word, rest, where);
}

bool LexiconBuilder::check_name(const std::string& name, const std::string& where) {
  const auto characters = count_characters(name);
  const auto parts = split_at(name, "…");
  if (parts.size() > 1 && std::ranges::all_of(parts, [](std::string_view part) { return count_characters(part) < 2; })) {
    fault(where, {fmt::format("“{}”没有两个连着的字", name), fmt::format("\"{}\" has no two characters that stand together", name)},
          {"至少一段写两个字", "Write two characters in at least one part"});
    return false;
  }
  if (characters >= 2 && characters <= kNameCharactersMax && !name.starts_with("…") && !name.ends_with("…")) return true;
  fault(where, {fmt::format("“{}”应为 2 至 {} 个字", name, kNameCharactersMax), fmt::format("\"{}\" must have 2 to {} characters", name, kNameCharactersMax)},
        {"单字会匹配一切，写成词", "One character matches everything; write a word"});
  return false;
}

std::uint32_t LexiconBuilder::declare(const std::string& name, TermType type, const std::string& where) {
  const auto entry = static_cast<std::uint32_t>(lexicon_.concepts_.size());
  lexicon_.concepts_.push_back({name, {name}, type, concept_key(name), segments_, {}, where, {}, {}, {}});
  lexicon_.by_name_.emplace(name, entry);
  return entry;
}

void LexiconBuilder::read_term(std::string_view type_name, std::string_view rest, const std::string& where) {
  const auto type = enum_from_name<TermType>(type_name);
  if (!type) {
    std::string known;
    for (const auto name : enum_names<TermType>()) known += (known.empty() ? "" : ", ") + std::string(name);
    return fault(where, {fmt::format("不认识的词类“{}”", type_name), fmt::format("unknown type \"{}\"", type_name)},
                 {"可用：" + known, "One of: " + known});
  }
  const auto near = std::min(rest.find('~'), rest.size());
  const auto names = names_of(rest.substr(0, near));
  if (lexicon_.by_name_.size() + names.size() > kLexiconNamesMax)
    return fault(where, {"词太多", "too many names"}, {"分成几个词库", "Split the lexicon"});
  if (!check_name(names[0], where)) return;
  if (const auto at = lexicon_.by_name_.find(names[0]); at != lexicon_.by_name_.end()) {
    Concept& old = lexicon_.concepts_[at->second];
    if (old.name != names[0] || old.type != *type)
      return fault(where, {fmt::format("“{}”已在 {} 有别的身份", names[0], old.where), fmt::format("\"{}\" is something else at {}", names[0], old.where)},
                   {"合并两处，或换一个词", "Merge the two or use another word"});
    current_ = at->second;
    for (const auto& segment : segments_)
      if (std::ranges::find(old.segments, segment) == old.segments.end()) old.segments.push_back(segment);
  } else {
    current_ = declare(names[0], *type, where);
  }
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (!check_name(names[i], where)) continue;
    const auto [at, added] = lexicon_.by_name_.emplace(names[i], *current_);
    if (added) {
      lexicon_.concepts_[*current_].names.push_back(names[i]);
    } else {
      const auto& other = lexicon_.concepts_[at->second];
      fault(where, {fmt::format("“{}”重复，已属于 {} 的“{}”", names[i], other.where, other.name),
                    fmt::format("duplicate \"{}\": already a name of \"{}\" at {}", names[i], other.name, other.where)},
            {"只留一处", "Keep it in one place"});
    }
  }
  if (near == rest.size()) return;
  for (auto& name : names_of(rest.substr(near + 1)))
    if (check_name(name, where)) pending_.push_back({*current_, RelationType::akin, std::move(name), where, type});
}

void LexiconBuilder::read_relation(std::string_view name, std::string_view rest, const std::string& where) {
  if (!current_)
    return fault(where, {"关系前面没有词", "a relation without a term before it"}, {"先写一行词", "Write a term line first"});
  if (name == "gloss") return read_gloss(rest, where);
  if (name == "said" || name == "answer") return read_phrases(name, rest, where);
  const auto type = relation_from_name(name);
  if (!type || *type == RelationType::same)
    return fault(where, {fmt::format("不认识的关系“{}”", name), fmt::format("unknown relation \"{}\"", name)},
                 {"见 README.md 的关系表；同义词写在词行用 | 隔开", "See the table in README.md; same names go on the term line, split by |"});
  for (auto& target : names_of(rest))
    if (check_name(target, where)) pending_.push_back({*current_, *type, std::move(target), where, {}});
}

bool LexiconBuilder::check_phrase(std::string_view phrase, const std::string& where) {
  const auto characters = count_characters(phrase);
  if (characters >= kPhraseCharactersMin && characters <= kPhraseCharactersMax) return true;
  fault(where,
        {fmt::format("“{}”应为 {} 至 {} 个字", phrase, kPhraseCharactersMin, kPhraseCharactersMax),
         fmt::format("\"{}\": a phrase must have {} to {} characters", phrase, kPhraseCharactersMin, kPhraseCharactersMax)},
        {"用一个短语说清", "Say it in one phrase"});
  return false;
}

void LexiconBuilder::read_gloss(std::string_view rest, const std::string& where) {
  Concept& entry = lexicon_.concepts_[*current_];
  if (!entry.gloss.empty())
    return fault(where, {fmt::format("“{}”的释义重复", entry.name), fmt::format("duplicate gloss of \"{}\"", entry.name)}, {"只留一处", "Keep it in one place"});
  if (check_phrase(rest, where)) entry.gloss = rest;
}

void LexiconBuilder::read_phrases(std::string_view keyword, std::string_view rest, const std::string& where) {
  Concept& entry = lexicon_.concepts_[*current_];
  if (entry.type != TermType::symptom)
    return fault(where, {fmt::format("“{}”不是症状，不能写 {}", entry.name, keyword), fmt::format("{} belongs to a symptom, which \"{}\" is not", keyword, entry.name)},
                 {"写在症状下面", "Write it below the symptom"});
  auto& phrases = keyword == "said" ? entry.said : entry.answers;
  for (auto& phrase : names_of(rest)) {
    if (!check_phrase(phrase, where)) continue;
    if (std::ranges::find(phrases, phrase) != phrases.end())
      fault(where, {fmt::format("“{}”重复", phrase), fmt::format("duplicate phrase \"{}\"", phrase)}, {"只留一处", "Keep it in one place"});
    else
      phrases.push_back(std::move(phrase));
  }
}

std::uint32_t LexiconBuilder::resolve(const Pending& pending) {
  if (const auto at = lexicon_.by_name_.find(pending.to); at != lexicon_.by_name_.end()) return at->second;
  segments_ = lexicon_.concepts_[pending.from].segments;
  return declare(pending.to, pending.type_of_new.value_or(implied_type(pending.type)), pending.where);
}

Lexicon LexiconBuilder::build() {
  for (const Pending& pending : pending_) {
    const std::uint32_t to = resolve(pending);
    const auto& from_name = lexicon_.concepts_[pending.from].name;
    const auto relation = relation_name(pending.type);
    if (to == pending.from) {
      fault(pending.where, {fmt::format("矛盾：“{}”与“{}”是同一个词，却又写 {}", from_name, pending.to, relation),
                            fmt::format("contradiction: \"{}\" and \"{}\" are the same, yet {}", from_name, pending.to, relation)},
            {"删掉一处", "Delete one of the two"});
      continue;
    }
    if (!known_.emplace(pending.from, pending.type, to).second) {
      fault(pending.where, {fmt::format("重复：“{}” {} “{}”", from_name, relation, pending.to),
                            fmt::format("duplicate: \"{}\" {} \"{}\"", from_name, relation, pending.to)},
            {"只留一处", "Keep it in one place"});
      continue;
    }
    const auto opposite = pending.type == RelationType::caused_by ? RelationType::cured_by : RelationType::caused_by;
    if ((pending.type == RelationType::caused_by || pending.type == RelationType::cured_by) && known_.contains({pending.from, opposite, to}))
      fault(pending.where, {fmt::format("矛盾：“{}”既由“{}”引起又由它解决", from_name, pending.to),
                            fmt::format("contradiction: \"{}\" both caused and cured by \"{}\"", from_name, pending.to)},
            {"删掉一处", "Delete one of the two"});
    lexicon_.relations_.push_back({pending.from, to, pending.type, pending.where});
  }
  check_cycles(RelationType::is_a);
  check_cycles(RelationType::part_of);
  check_orphans();
  lexicon_.link();
  return std::move(lexicon_);
}

void LexiconBuilder::check_cycles(RelationType type) {
  std::vector<std::vector<const Relation*>> up(lexicon_.concepts_.size());
  for (const Relation& relation : lexicon_.relations_)
    if (relation.type == type) up[relation.from].push_back(&relation);
  // 0 not seen, 1 on the path, 2 done. An explicit stack: a file may chain as many terms as it likes.
  std::vector<int> state(up.size(), 0);
  for (std::uint32_t start = 0; start < up.size(); ++start) {
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    if (state[start] == 0) path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [entry, next] = path.back();
      state[entry] = 1;
      if (next == up[entry].size()) {
        state[entry] = 2;
        path.pop_back();
        continue;
      }
      const Relation& relation = *up[entry][next++];
      if (state[relation.to] == 1)
        fault(relation.where, {fmt::format("{} 成环：又回到“{}”", relation_name(type), lexicon_.concepts_[relation.to].name),
                               fmt::format("cycle in {}: back at \"{}\"", relation_name(type), lexicon_.concepts_[relation.to].name)},
              {"去掉环上的一条", "Take one relation out of the circle"});
      else if (state[relation.to] == 0) path.emplace_back(relation.to, 0);
    }
  }
}

void LexiconBuilder::check_orphans() {
  std::vector<bool> linked(lexicon_.concepts_.size(), false);
  for (const Relation& relation : lexicon_.relations_) linked[relation.from] = linked[relation.to] = true;
  for (std::uint32_t i = 0; i < linked.size(); ++i) {
    const Concept& entry = lexicon_.concepts_[i];
    if (linked[i] || entry.names.size() > 1) continue;
    fault(entry.where, {fmt::format("孤立：“{}”没有同义词也没有关系", entry.name), fmt::format("orphan: \"{}\" has neither another name nor a relation", entry.name)},
          {"补一条关系，或删掉", "Add a relation or delete it"});
  }
}

}  // namespace jingwei::match
