// The words around a figure: adverbs and verbs before what is counted, and what makes a figure at least, at most or about.
#pragma once

#include <optional>

#include "reading/internal/words.h"

namespace jingwei::reading {

/// 每年分领域常态化举办 | 跨区域对接活动: what is done and what to.
struct Doing {
  std::size_t verb = 0;      ///< where the verb begins; everything before it is adverbs
  std::size_t object = 0;    ///< behind the verb
  bool is_at_least = false;  ///< 至少建成
  Words scope;               ///< 各县（市、区）
};

/// Nothing when the phrase does not begin with adverbs and a verb.
std::optional<Doing> doing_of(const Words& phrase);
/// Length of times and places at the front that are not part of what is counted: 到2027年，全市, 力争; before a verb also of other
/// adverbs.
std::size_t adverbs_before(std::u32string_view phrase, bool before_verb);

struct Bound {
  DraftPromiseOperator op = DraftPromiseOperator::equal;
  std::size_t length = 0;  ///< characters of the word; 0 when there is none
};
Bound bound_before(std::u32string_view phrase);  ///< at its end: 不少于, 超
Bound bound_behind(std::u32string_view phrase);  ///< at its beginning: 以上, 左右

/// Describes what exists, or what somebody gets: no promise.
bool is_past_or_condition(std::u32string_view clause);
/// Length of 进入全省前 or 居全国高新区前 at the end; 0 when the figure behind is no rank.
std::size_t rank_words_at_end(std::u32string_view phrase);
/// 总规模, 规模: the figure sizes what is to be made.
std::size_t size_word_at_end(std::u32string_view phrase);
bool is_making_verb(std::u32string_view verb);

}  // namespace jingwei::reading
