// Ways through the lexicon and through the atlas in words.
#include <array>

#include <fmt/format.h>

#include "match/internal/explain.h"

namespace jingwei::match {
namespace {

struct RelationWords {
  const char* forward_zh;   ///< {0} relates to {1}
  const char* forward_en;
  const char* backward_zh;  ///< the relation reads from {1} to {0}
  const char* backward_en;
};

constexpr std::array<RelationWords, kRelationTypes> kRelationWords = {{
    {"“{0}”与“{1}”是同一回事", "“{0}” is the same as “{1}”", "“{0}”与“{1}”是同一回事", "“{0}” is the same as “{1}”"},
    {"“{0}”是一种“{1}”", "“{0}” is a kind of “{1}”", "“{1}”是一种“{0}”", "“{1}” is a kind of “{0}”"},
    {"“{0}”是“{1}”的一部分", "“{0}” is part of “{1}”", "“{1}”是“{0}”的一部分", "“{1}” is part of “{0}”"},
    {"“{0}”常由“{1}”引起", "“{0}” is often caused by “{1}”", "“{0}”会引起“{1}”", "“{0}” causes “{1}”"},
    {"“{0}”可用“{1}”解决", "“{0}” can be cured by “{1}”", "“{0}”可解决“{1}”", "“{0}” cures “{1}”"},
    {"“{0}”可用“{1}”测出", "“{0}” is measured by “{1}”", "“{0}”用来测“{1}”", "“{0}” measures “{1}”"},
    {"“{0}”要在“{1}”上试验", "“{0}” is tested with “{1}”", "“{0}”用来试验“{1}”", "“{0}” tests “{1}”"},
    {"“{0}”要用到“{1}”", "“{0}” is made with “{1}”", "“{0}”用于“{1}”", "“{0}” goes into “{1}”"},
    {"“{0}”由“{1}”制成", "“{0}” is made by “{1}”", "“{0}”用来制造“{1}”", "“{0}” makes “{1}”"},
    {"“{0}”用在“{1}”上", "“{0}” is used in “{1}”", "“{0}”用到“{1}”", "“{0}” uses “{1}”"},
    {"“{0}”需要“{1}”", "“{0}” needs “{1}”", "“{1}”需要“{0}”", "“{1}” needs “{0}”"},
    {"“{0}”与“{1}”相近", "“{0}” is close to “{1}”", "“{0}”与“{1}”相近", "“{0}” is close to “{1}”"},
}};

}  // namespace

Bilingual describe_link(const Lexicon& lexicon, const std::string& need_words, const std::string& supply_words, const Link& link) {
  if (link.steps.empty())
    return {fmt::format("你写的“{}”，供给里写作“{}”", need_words, supply_words), fmt::format("For your “{}” the supply writes “{}”", need_words, supply_words)};
  Bilingual text{"你写的", "You wrote: "};
  std::string here = need_words;
  for (std::size_t i = 0; i < link.steps.size(); ++i) {
    const Step& step = link.steps[i];
    const auto& words = kRelationWords[static_cast<std::size_t>(step.type)];
    const std::string there = i + 1 == link.steps.size() ? supply_words : lexicon.concepts()[step.to].name;
    text.zh += (i > 0 ? "，" : "") + fmt::format(fmt::runtime(step.forward ? words.forward_zh : words.backward_zh), here, there);
    text.en += (i > 0 ? ", " : "") + fmt::format(fmt::runtime(step.forward ? words.forward_en : words.backward_en), here, there);
    here = there;
  }
  return text;
}

Bilingual describe_way(const SegmentWays::Way& way, const Segment& own) {
  constexpr std::array<const char*, kStepsOfWayMax + 1> kSteps = {"一", "一", "两", "三"};
  const int steps = std::max(1, way.steps);
  const std::string many = steps == 1 ? "1 step" : fmt::format("{} steps", steps);
  switch (way.side) {
    case ChainSide::upstream:
      return {fmt::format("产业图谱中在你的上游{}步：{}", kSteps[static_cast<std::size_t>(steps)], own.zh), fmt::format("{} upstream of you in the industry atlas: {}", many, own.en)};
    case ChainSide::downstream:
      return {fmt::format("产业图谱中在你的下游{}步：{}", kSteps[static_cast<std::size_t>(steps)], own.zh), fmt::format("{} downstream of you in the industry atlas: {}", many, own.en)};
    case ChainSide::beside: break;
  }
  return {fmt::format("产业图谱中与你相隔{}步：{}", kSteps[static_cast<std::size_t>(steps)], own.zh), fmt::format("{} from you in the industry atlas: {}", many, own.en)};
}

}  // namespace jingwei::match
