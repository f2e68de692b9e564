// Every role and every act, as testdata/acts.test says.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "identity/internal/rows.h"
#include "identity/internal/test_node.h"
#include "testing/text_cases.h"

namespace jingwei::identity {
namespace {

/// Who asks, and what there is to act on; made anew for each cell, as acts change things.
struct Scene {
  Actor asker;
  Account other;
  std::string own_token = "token_01ARZ3NDEKTSV4RRFFQ69G5FAV";
  std::string other_token;
};

NewApiToken some_token() { return {"导入程序", {TokenScope::read}, "2026-06-30"}; }

Scene set_scene(TestNode& node, const std::string& column, int number) {
  return node.run([&](store::Transaction& tx) {
    Scene scene;
    const auto make = [&](std::string login, Role role) {
      return node.accounts.create(tx, node.administrator, {login + std::to_string(number), "某人", {role}, {}, {}});
    };
    scene.other = make("other", Role::enterprise);
    scene.other_token = node.accounts.create_api_token(tx, actor_of(scene.other), some_token()).id;
    if (column == "nobody") return scene;
    scene.asker = node_operator();
    if (column == "operator") return scene;
    const Account own = make("own", enum_from_name<Role>(column).value_or(Role::administrator));
    scene.asker = actor_of(own);
    scene.own_token = node.accounts.create_api_token(tx, scene.asker, some_token()).id;
    if (column == "disabled") node.accounts.update(tx, node.administrator, own.id, own.version, {own.name, own.roles, {}, true, {}});
    if (column == "read_only") scene.asker.may_write = false;
    return scene;
  });
}

using Act = std::function<void(TestNode&, const Scene&)>;

void update(TestNode& node, const Actor& asker, std::string_view id, const std::vector<Role>& roles) {
  node.run([&](auto& tx) { node.accounts.update(tx, asker, id, 1, {"新名", roles, {}, false, {}}); });
}

const std::map<std::string, Act>& acts() {
  static const std::map<std::string, Act> all = {
      {"list_accounts", [](auto& node, auto& s) { node.accounts.list(*node.readers.borrow(), s.asker, {}); }},
      {"find_own", [](auto& node, auto& s) { node.accounts.find(*node.readers.borrow(), s.asker, s.asker.account_id); }},
      {"find_other", [](auto& node, auto& s) { node.accounts.find(*node.readers.borrow(), s.asker, s.other.id); }},
      {"create_account", [](auto& node, auto& s) {
         node.run([&](auto& tx) { node.accounts.create(tx, s.asker, {"new" + s.other.login, "新人", {Role::auditor}, {}, {}}); });
       }},
      {"update_own", [](auto& node, auto& s) { update(node, s.asker, s.asker.account_id, s.asker.roles); }},
      {"update_other", [](auto& node, auto& s) { update(node, s.asker, s.other.id, {Role::provider}); }},
      {"make_link_own", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.make_link(tx, s.asker, s.asker.account_id); }); }},
      {"make_link_other", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.make_link(tx, s.asker, s.other.id); }); }},
      {"read_own_password", [](auto& node, auto& s) { node.accounts.password_of_account(*node.readers.borrow(), s.asker); }},
      {"change_own_password", [](auto& node, auto& s) {
         const PreparedPassword prepared{s.asker.account_id, "", "$argon2id$some hash"};
         node.run([&](auto& tx) { node.accounts.change_password(tx, s.asker, prepared, ""); });
       }},
      {"end_own_sessions", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.end_sessions(tx, s.asker, s.asker.account_id); }); }},
      {"end_other_sessions", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.end_sessions(tx, s.asker, s.other.id); }); }},
      {"list_own_tokens", [](auto& node, auto& s) { node.accounts.api_tokens(*node.readers.borrow(), s.asker, node.clock.now()); }},
      {"create_own_token", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.create_api_token(tx, s.asker, some_token()); }); }},
      {"revoke_own_token", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.revoke_api_token(tx, s.asker, s.own_token); }); }},
      {"revoke_other_token", [](auto& node, auto& s) { node.run([&](auto& tx) { node.accounts.revoke_api_token(tx, s.asker, s.other_token); }); }},
  };
  return all;
}

std::string answer(const std::optional<Code>& code) {
  if (!code) return "ok";
  const std::map<Code, std::string> statuses = {{Code::unauthenticated, "401"}, {Code::forbidden, "403"}, {Code::not_found, "404"}, {Code::wrong_state, "409"}};
  const auto at = statuses.find(*code);
  return at == statuses.end() ? std::string(code_name(*code)) : at->second;
}

class ActsTest : public ::testing::TestWithParam<testing::Store> {};
JINGWEI_ON_BOTH_STORES(ActsTest);

TEST_P(ActsTest, EveryRoleMayDoExactlyWhatTheTableSays) {
  TestNode node(GetParam());
  const auto table = jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/acts.test").at(0);
  std::istringstream lines(table.block("table"));
  std::string line;
  std::getline(lines, line);
  std::vector<std::string> columns;
  std::istringstream header(line);
  for (std::string word; header >> word;) columns.push_back(word);
  std::size_t rows = 0;
  int cell_number = 0;
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string act;
    cells >> act;
    ASSERT_TRUE(acts().contains(act)) << act;
    ++rows;
    for (std::size_t column = 1; column < columns.size(); ++column) {
      std::string expected;
      cells >> expected;
      const Scene scene = set_scene(node, columns[column], ++cell_number);
      const auto feed_before = node.count("SELECT COUNT(*) FROM feed");
      const auto code = refusal([&] { acts().at(act)(node, scene); });
      EXPECT_EQ(answer(code), expected) << columns[column] << " " << act;
      if (!code) continue;
      EXPECT_EQ(node.count("SELECT COUNT(*) FROM feed"), feed_before) << columns[column] << " " << act << " was refused but wrote";
    }
  }
  EXPECT_EQ(rows, acts().size()) << "the table leaves out an act";
  for (const auto role : enum_names<Role>()) EXPECT_NE(std::ranges::find(columns, role), columns.end()) << role << " has no column";
}

}  // namespace
}  // namespace jingwei::identity
