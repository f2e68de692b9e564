// The problems of a need: the engine's split until the owner edits it. Who may edit the need may edit its split.
#include <fmt/format.h>

#include <algorithm>

#include "deals/deals.h"
#include "deals/internal/content.h"
#include "deals/internal/rows.h"
#include "deals/internal/words.h"

namespace jingwei::deals {
namespace {

using registry::Entry;

std::vector<NeedProblem> numbered(const std::vector<std::string>& texts) {
  std::vector<NeedProblem> problems;
  for (const auto& text : texts) problems.push_back({static_cast<std::int64_t>(problems.size()), text});
  return problems;
}

std::vector<std::string> check_problems(const std::vector<std::string>& texts) {
  std::vector<InputProblem> problems;
  if (texts.empty() || texts.size() > kProblemsMax)
    problems.push_back({std::nullopt, "/problems", {fmt::format("一条需求可拆成 1 至 {} 个子题", kProblemsMax), fmt::format("a need has 1 to {} problems", kProblemsMax)},
                        {"请增减子题", "add or remove problems"}});
  std::vector<std::string> normal = texts;
  for (std::size_t i = 0; i < std::min(normal.size(), kProblemsMax); ++i)
    if (auto problem = internal::check_text(fmt::format("/problems/{}/text", i), normal[i], kProblemCharactersMax, true))
      problems.push_back(std::move(*problem));
  if (!problems.empty()) throw Rejected(Code::invalid, {"子题有误，请按提示修改", "The problems have mistakes; mend them as told"}, std::move(problems));
  return normal;
}

}  // namespace

Entry Deals::require_editable_need(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id) const {
  const auto need = registry::Registry::find(tx, need_id);
  const auto acts = need ? registry_.acts(*need, actor) : std::vector<registry::Act>{};
  if (need && need->register_id == internal::kNeedsRegister && std::ranges::count(acts, registry::Act::edit) > 0) return *need;
  const bool open_to_all =
      need && need->register_id == internal::kNeedsRegister && need->state == registry::EntryState::published && need->audience != registry::Audience::invited;
  if (!open_to_all && !(need && (actor.acts_for(need->owner_id) || internal::reads_all(actor))))
    throw Rejected(Code::not_found, {"没有这条需求，或您无权查看", "There is no such need, or it is not for you to see"});
  throw Rejected(Code::forbidden, {"只有需求的提出单位和主管部门可以修改子题", "Only the owner of the need and the department can change its problems"});
}

NeedProblems Deals::problems(store::Connection& connection, std::string_view need_id, const std::vector<std::string>& automatic) {
  NeedProblems found{std::string(need_id), false, 0, numbered(automatic)};
  connection.query("SELECT version, edited, body FROM need_problems WHERE need_id = $1", {need_id}, [&](const store::Row& row) {
    found = {std::string(need_id), row.integer(1) != 0, row.integer(0), numbered(from_json<std::vector<std::string>>(parse_json(row.text(2))))};
  });
  return found;
}

NeedProblems Deals::set_problems(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id, std::int64_t version,
                                 const std::vector<std::string>& texts) const {
  const Entry need = require_editable_need(tx, actor, need_id);
  const std::int64_t stored = tx.query_integer("SELECT version FROM need_problems WHERE need_id = $1", {need.id}).value_or(0);
  if (stored != version)
    throw Rejected(Code::version_mismatch, "version",
                   {fmt::format("在您打开之后有人改过子题（现在是第 {} 版）", stored), fmt::format("the problems changed since you opened them (version {} now)", stored)},
                   {"请重新载入，再改一次", "load them again and repeat your change"});
  const auto normal = check_problems(texts);
  // From here on it must succeed.
  const std::string body = json::serialize(to_json(normal));
  tx.execute(
      "INSERT INTO need_problems (need_id, version, edited, body) VALUES ($1, $2, 1, $3) "
      "ON CONFLICT (need_id) DO UPDATE SET version = excluded.version, edited = excluded.edited, body = excluded.body",
      {need.id, version + 1, body});
  tx.append_feed("need_problems", "edited", need.id, version + 1);
  return {need.id, true, version + 1, numbered(normal)};
}

}  // namespace jingwei::deals
