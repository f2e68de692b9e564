// What the tests of this module stand on: a fresh database, a writer, a clock moved by hand, and one administrator.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "identity/identity.h"
#include "testing/test_database.h"

namespace jingwei::identity {

constexpr std::string_view kGoodPassword = "copper lantern seventeen";
constexpr std::string_view kOtherPassword = "three egrets on the lake";
constexpr std::string_view kNewPassword = "seventeen quiet turbines";

/// Why it was refused; nothing when it was not.
inline std::optional<Code> refusal(const std::function<void()>& act) {
  try {
    act();
    return std::nullopt;
  } catch (const Rejected& rejected) {
    return rejected.code();
  }
}

inline Actor actor_of(const Account& account) {
  return {account.id, account.login, account.name, account.organization_id.value_or(""), account.roles};
}

struct TestNode {
  explicit TestNode(testing::Store store) : database(store) {
    administrator = actor_of(writer.run([&](auto& tx) { return accounts.create_first_administrator(tx, "root", "管理员"); }));
  }

  template <class F>
  auto run(F&& command) {
    return writer.run(std::forward<F>(command));
  }
  Account make(std::string login, std::vector<Role> roles) {
    return run([&](auto& tx) { return accounts.create(tx, administrator, {login, "姓名 " + login, roles, {}, {}}); });
  }
  /// Someone with a password.
  Account make_with_password(std::string login, std::vector<Role> roles, std::string_view password = kGoodPassword) {
    const Account made = make(std::move(login), std::move(roles));
    set_password(made, std::nullopt, password, "");
    return account(made.id);
  }
  void set_password(const Account& of, const std::optional<std::string>& old_password, std::string_view password, std::string_view keep) {
    const auto prepared = accounts.prepare_password(accounts.password_of_account(*readers.borrow(), actor_of(of)), old_password, password);
    run([&](auto& tx) { accounts.change_password(tx, actor_of(of), prepared, keep); });
  }
  std::optional<NewSession> sign_in(std::string_view login, std::string_view password) {
    const auto verified = accounts.verify(accounts.password_of_login(*readers.borrow(), login), password);
    if (!verified) return std::nullopt;
    return run([&](auto& tx) { return accounts.open_session(tx, *verified); });
  }
  Account account(std::string_view id) { return accounts.find(*readers.borrow(), administrator, id); }
  std::int64_t count(std::string_view sql) { return readers.borrow()->query_integer(sql).value_or(-1); }
  /// The acts of the feed in order, without "created" of the administrator.
  std::string feed_acts() {
    std::string acts;
    for (const auto& record : store::read_feed(*readers.borrow(), 1)) acts += record.kind + "/" + record.act + " ";
    return acts;
  }

  testing::TestDatabase database;
  io::ManualClock clock{testing::kTestStart};
  io::SeededRandom random{20260121};
  store::FeedSignal signal;
  store::Writer writer{database.database(), clock, random, signal};
  store::ReadPool readers{database.database(), 2};
  Accounts accounts{crypto::PasswordHasher(crypto::kPasswordCostInTests)};
  Actor administrator;
};

}  // namespace jingwei::identity
