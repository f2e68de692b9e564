// What a mark must say, who marks and reads, what a mark is worth. Pure.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "feedback/feedback.h"
#include "feedback/internal/rows.h"

namespace jingwei::feedback {
namespace {

using identity::Actor;
using identity::Role;

void check_reason(const FeedbackWrite& write, std::vector<InputProblem>& problems) {
  if (write.mark == Mark::refused && !write.reason)
    problems.push_back({std::nullopt, "/reason", {"没有说明为什么不合适", "it is not said why the supply does not fit"}, {"请选择一个原因", "choose a reason"}});
  if (write.mark != Mark::refused && write.reason)
    problems.push_back({std::nullopt, "/reason", {"只有不合适才填原因", "a reason goes with a refusal only"}, {"去掉原因，或改为不合适", "leave it out, or refuse"}});
}

void check_note(const FeedbackWrite& write, std::vector<InputProblem>& problems) {
  if (write.mark == Mark::refused && write.reason == RefusalReason::other && !write.note)
    problems.push_back({std::nullopt, "/note", {"选了“其他”，但没有写明", "\"other\" says nothing without words"}, {"请用一句话写明原因", "say why in a sentence"}});
  if (write.note && count_characters(*write.note) > kNoteCharactersMax)
    problems.push_back({std::nullopt, "/note", {fmt::format("超过 {} 字", kNoteCharactersMax), fmt::format("longer than {} characters", kNoteCharactersMax)},
                        {"请缩短", "shorten it"}});
}

}  // namespace

FeedbackWrite check(FeedbackWrite write) {
  if (write.note) write.note = std::string(trim(*write.note));
  if (write.note && write.note->empty()) write.note.reset();
  std::vector<InputProblem> problems;
  check_reason(write, problems);
  check_note(write, problems);
  if (!problems.empty()) throw Rejected(Code::invalid, {"反馈有误，请按提示修改", "The feedback has mistakes; mend them as told"}, std::move(problems));
  return write;
}

bool may_mark(std::string_view need_owner_id, const Actor& actor) {
  // An auditor looks on: that role alone acts for nobody.
  return actor.may_write && !actor.is_anonymous() && actor.acts_for(need_owner_id) &&
         std::ranges::any_of(actor.roles, [](Role role) { return role != Role::auditor; });
}

Sees sees(std::string_view need_owner_id, std::string_view supply_owner_id, const Actor& actor) {
  if (actor.is_anonymous()) return Sees::nothing;
  if (actor.acts_for(need_owner_id) || internal::oversees(actor)) return Sees::everything;
  return actor.acts_for(supply_owner_id) ? Sees::received : Sees::nothing;
}

std::optional<int> grade_of(Mark mark, std::optional<RefusalReason> reason) {
  switch (mark) {
    case Mark::accepted: return 3;
    case Mark::contacted:
    case Mark::shortlisted: return 2;
    case Mark::refused: return reason == RefusalReason::capacity || reason == RefusalReason::price || reason == RefusalReason::region ? 1 : 0;
    case Mark::cleared: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace jingwei::feedback
