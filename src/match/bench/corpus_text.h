// Texts of the corpus of `./bench match`: a frame is filled piece by piece, and the pieces are kept, so that a query can be made
// from a supply by dropping some or saying them in another name of the same term.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "match/bench/corpus_frames.h"
#include "match/bench/corpus_words.h"

namespace jingwei::match::bench {

constexpr int kNoTerm = -1;

struct Piece {
  std::string text;
  int term = kNoTerm;          ///< into Words::terms
  std::string_view slot = {};  ///< empty: the frame's own words
};
using Text = std::vector<Piece>;

inline std::string joined(const Text& text) {
  std::string all;
  for (const Piece& piece : text) all += piece.text;
  return all;
}
inline std::size_t characters_of(const Text& text) {
  std::size_t sum = 0;
  for (const Piece& piece : text) sum += count_characters(piece.text);
  return sum;
}

/// Appends a frame with its slots filled and its alternatives chosen.
inline void expand(std::string_view frame, Random& random, const std::function<Piece(std::string_view slot)>& fill, Text& out) {
  while (!frame.empty()) {
    const auto at = frame.find_first_of("{[");
    if (at != 0) out.push_back({std::string(frame.substr(0, at))});
    if (at == std::string_view::npos) return;
    const auto end = frame.find(frame[at] == '{' ? '}' : ']', at);
    const auto inner = frame.substr(at + 1, end - at - 1);
    out.push_back(frame[at] == '{' ? fill(inner) : Piece{std::string(random.one_of(split(inner, '|')))});
    frame.remove_prefix(end + 1);
  }
}

/// What stands nowhere else: the long tail of names, grades and figures.
class RareNames {
 public:
  explicit RareNames(const Words& words)
      : words_(words), surnames_(Weighted::zipf(std::size(kSurnames), 0.7)), given_(Weighted::zipf(std::size(kGiven), 0.3)) {}

  std::string make(std::string_view slot, Random& random) const {
    if (slot == "person") return std::string(kSurnames[surnames_.draw(random)]) + given(random) + (random.chance(70) ? given(random) : "");
    if (slot == "firm") return place(random) + given(random) + given(random) + std::string(random.one_of(kTrades)) + (random.chance(60) ? "有限公司" : "公司");
    if (slot == "university") return given(random) + given(random) + std::string(random.one_of(kSchools));
    if (slot == "place") return place(random);
    if (slot == "grade")
      return letters(random, random.between(2, 3)) + std::to_string(random.between(1, 999)) +
             (random.chance(50) ? "-" + letters(random, 1) + std::to_string(random.between(1, 60)) : "");
    if (slot == "model") return letters(random, 2) + "-" + std::to_string(random.between(10, 9999)) + (random.chance(40) ? letters(random, 1) : "");
    if (slot == "patent") return fmt::format("ZL20{}{:08}.{}", random.between(12, 25), random.below(100'000'000), random.below(10));
    if (slot == "code") return letters(random, 3) + std::to_string(random.between(2012, 2025)) + fmt::format("{:05}", random.below(100'000));
    if (slot == "percent") return std::to_string(random.between(2, 98)) + "%";
    if (slot == "money") return std::to_string(random.between(1, 60) * (random.chance(50) ? 1 : 10)) + "万元";
    if (slot == "year") return std::to_string(random.between(2016, 2025));
    if (slot == "hours") return std::to_string(random.between(2, 90)) + std::string(random.one_of(kSpans));
    return figure(random);
  }

 private:
  static constexpr std::string_view kSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱",
                                                   "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于",
                                                   "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕"};
  static constexpr std::string_view kGiven[] = {"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "霞", "平",
                                                "刚", "桂", "文", "辉", "玲", "华", "建", "恒", "锐", "远", "瑞", "晟", "泽", "博", "宏", "佳", "欣", "嘉",
                                                "云", "汀", "岚", "沐", "启", "航", "诚", "信", "达", "盛", "禾", "昊", "凌", "霄", "澄", "渊", "朗", "琪",
                                                "珂", "璟", "钧", "铭", "锦", "镇", "雨", "雪", "霖", "霁", "川", "江", "海", "湖", "溪", "源", "清", "洁"};
  static constexpr std::string_view kTrades[] = {"新材料", "科技", "机械", "电子", "化工", "智能装备", "生物", "能源", "精密制造", "纺织"};
  static constexpr std::string_view kSchools[] = {"大学", "理工大学", "工业研究院", "学院", "研究所"};
  static constexpr std::string_view kSpans[] = {"小时", "天", "个月", "周", "分钟"};
  static constexpr std::string_view kUnits[] = {"毫米", "微米", "℃", "兆帕", "千瓦", "公斤", "吨", "件", "台", "项", "V", "kHz", "rpm", "ppm", "mL", "元/公斤"};

  std::string given(Random& random) const { return std::string(kGiven[given_.draw(random)]); }
  std::string place(Random& random) const { return random.one_of(random.chance(50) ? words_.cities : words_.regions); }
  static std::string letters(Random& random, int count) {
    std::string made;
    for (int i = 0; i < count; ++i) made += static_cast<char>('A' + random.below(26));
    return made;
  }
  static std::string figure(Random& random) {
    const std::string unit(random.one_of(kUnits));
    if (random.chance(40)) return fmt::format("{}.{}{}", random.between(0, 20), random.between(1, 9), unit);
    return (random.chance(10) ? "±" : "") + std::to_string(random.between(1, 9) * (random.chance(60) ? 1 : random.chance(50) ? 10 : 100)) + unit;
  }

  const Words& words_;
  Weighted surnames_;
  Weighted given_;
};

/// Terms and words for the slots; in each list the first are the most frequent.
class Filler {
 public:
  explicit Filler(const Words& words) : words_(words), rare_(words) {}

  Piece fill(std::string_view slot, std::size_t segment, Random& random) const {
    if (slot == "noun") return {words_.nouns.words[words_.nouns.weights.draw(random)], kNoTerm, slot};
    if (slot == "verb") return {words_.verbs.words[words_.verbs.weights.draw(random)], kNoTerm, slot};
    const auto any = words_.by_type.find(slot);
    if (any == words_.by_type.end()) return {rare_.make(slot, random), kNoTerm, slot};
    const auto own = words_.by_segment.find(std::pair(segment, std::string(slot)));
    const auto& list = own != words_.by_segment.end() && random.chance(kOwnTradePercent) ? own->second : any->second;
    const std::size_t term = list[zipf(list.size()).draw(random)];
    return {name_of(term, random), static_cast<int>(term), slot};
  }
  /// The main name as often as all others together.
  std::string name_of(std::size_t term, Random& random) const {
    const auto& names = words_.terms[term].names;
    return names.size() == 1 || random.chance(50) ? names[0] : names[1 + random.below(names.size() - 1)];
  }
  std::string other_name(const Piece& piece, Random& random) const {
    const auto& names = words_.terms[static_cast<std::size_t>(piece.term)].names;
    const std::size_t first = random.below(names.size());
    return names[first] == piece.text ? names[(first + 1) % names.size()] : names[first];
  }

 private:
  static constexpr int kOwnTradePercent = 80;
  const Weighted& zipf(std::size_t n) const {
    auto& weights = zipf_[n];
    if (weights.size() == 0) weights = Weighted::zipf(n, 0.8);
    return weights;
  }

  const Words& words_;
  RareNames rare_;
  mutable std::map<std::size_t, Weighted> zipf_;
};

}  // namespace jingwei::match::bench
