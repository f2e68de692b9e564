// A mark in the tables: the body is the same in the row of feedback and in its version.
#pragma once

#include "feedback/feedback.h"

namespace jingwei::feedback::internal {

inline constexpr std::string_view kNeedsRegister = "needs";

struct Body {
  Mark mark = Mark::shortlisted;
  std::optional<RefusalReason> reason;
  std::optional<std::string> note;
  /// The need's title if it was for the supplier to see when the mark was made. What was told once stays told, like in deals.
  std::optional<std::string> need_title;
};
BOOST_DESCRIBE_STRUCT(Body, (), (mark, reason, note, need_title))

inline Body read_body(std::string_view text) { return from_json<Body>(parse_json(text)); }

inline bool oversees(const identity::Actor& actor) { return actor.has(identity::Role::department) || actor.has(identity::Role::administrator); }

}  // namespace jingwei::feedback::internal
