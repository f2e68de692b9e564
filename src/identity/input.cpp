// What an account may look like. Pure; the cases are in testdata/logins.test and testdata/accounts.test.
#include <algorithm>

#include "base/text.h"
#include "identity/internal/rows.h"

namespace jingwei::identity {
namespace {

bool is_login_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '@' || c == '-'; }

bool has_control_character(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  }
  return false;
}

void check_login(const std::string& login, std::vector<InputProblem>& problems) {
  const std::size_t characters = count_characters(login);
  if (characters < kLoginCharactersMin || characters > kLoginCharactersMax)
    problems.push_back({{}, "/login", {"登录名应为 3 至 40 个字符", "a login has 3 to 40 characters"}, {"请缩短或加长登录名", "make it longer or shorter"}});
  if (!std::ranges::all_of(login, is_login_character))
    problems.push_back({{}, "/login", {"登录名含有不允许的字符", "the login has characters that are not allowed"},
                        {"只用小写字母、数字和 . _ @ -", "use only letters a to z, digits and . _ @ -"}});
}

void check_roles(std::vector<Role>& roles, std::vector<InputProblem>& problems) {
  std::ranges::sort(roles);
  const auto repeated = std::ranges::unique(roles);
  roles.erase(repeated.begin(), repeated.end());
  if (roles.empty())
    problems.push_back({{}, "/roles", {"没有选择角色", "no role is given"}, {"请至少选择一个角色", "give at least one role"}});
}

void check_organization(std::optional<std::string>& organization_id, std::vector<InputProblem>& problems) {
  if (organization_id && organization_id->empty()) organization_id.reset();
  if (organization_id && !is_any_id(*organization_id))
    problems.push_back({{}, "/organization_id", {"不是有效的组织编号", "this is not the id of an organization"},
                        {"请从组织清单中选择", "choose one from the register of organizations"}});
}

}  // namespace

std::string normalise_login(std::string_view login) {
  const std::string folded = fold_width(login);
  return to_lower_ascii(trim(folded));
}

void check_name(std::string& name, std::vector<InputProblem>& problems) {
  if (!is_utf8(name) || has_control_character(name)) {
    problems.push_back({{}, "/name", {"名称含有控制字符或不是 UTF-8 文字", "the name has control characters or is not UTF-8"}, {"请重新输入", "type it again"}});
    return;
  }
  name = std::string(trim(name));
  if (name.empty())
    problems.push_back({{}, "/name", {"名称没有填写", "the name is missing"}, {"请填写名称", "give a name"}});
  else if (count_characters(name) > kNameCharactersMax)
    problems.push_back({{}, "/name", {"名称超过 60 个字", "the name has more than 60 characters"}, {"请缩短名称", "make it shorter"}});
}

std::vector<InputProblem> check_account(NewAccount& account) {
  std::vector<InputProblem> problems;
  account.login = normalise_login(account.login);
  check_login(account.login, problems);
  check_name(account.name, problems);
  check_roles(account.roles, problems);
  check_organization(account.organization_id, problems);
  return problems;
}

std::vector<InputProblem> check_change(AccountChange& change) {
  std::vector<InputProblem> problems;
  check_name(change.name, problems);
  check_roles(change.roles, problems);
  check_organization(change.organization_id, problems);
  return problems;
}

}  // namespace jingwei::identity
