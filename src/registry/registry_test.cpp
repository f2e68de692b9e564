// Cells, CSV, entries, import and visibility, on both databases.
#include "registry/registry.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "registry/internal/fields.h"
#include "registry/sheet.h"
#include "testing/test_database.h"
#include "testing/text_cases.h"

namespace jingwei::registry {
namespace {

using identity::Actor;
using identity::Role;
using testing::Store;
using testing::TestDatabase;
using testing::TextCase;

const Definitions& definitions() {
  static const Definitions loaded = Definitions::load(JINGWEI_SOURCE "/registers");
  return loaded;
}

class Cells : public ::testing::TestWithParam<TextCase> {};

TEST_P(Cells, AreReadAsTheTableSays) {
  const TextCase& c = GetParam();
  const std::string where = c.block("field");
  const Register* reg = definitions().find(where.substr(0, where.find(' ')));
  ASSERT_NE(reg, nullptr);
  const Field* field = reg->field(where.substr(where.find(' ') + 1));
  ASSERT_NE(field, nullptr) << where;
  Problems problems;
  const auto value = read_cell(definitions(), *field, c.block("cell"), [](std::string_view) { return std::nullopt; }, problems);
  if (c.has("error")) {
    ASSERT_EQ(problems.errors.size(), 1u) << c.name;
    EXPECT_EQ(problems.errors[0].reason.zh, field->title.zh + "：" + c.block("error")) << c.name;
    EXPECT_FALSE(problems.errors[0].reason.en.empty());
    EXPECT_FALSE(problems.errors[0].remedy.zh.empty());
    EXPECT_FALSE(problems.errors[0].remedy.en.empty());
    EXPECT_FALSE(value);
    return;
  }
  ASSERT_TRUE(value) << c.name << ": " << (problems.errors.empty() ? "" : problems.errors[0].reason.zh);
  EXPECT_EQ(json::serialize(*value), c.block("value")) << c.name;
  ASSERT_EQ(problems.warnings.size(), c.has("warning") ? 1u : 0u);
  if (c.has("warning")) {
    EXPECT_EQ(problems.warnings[0].reason.zh, field->title.zh + "：" + c.block("warning"));
  }
}
INSTANTIATE_TEST_SUITE_P(Table, Cells, ::testing::ValuesIn(testing::read_text_cases(JINGWEI_TESTDATA "/cells.test")));

class Csv : public ::testing::TestWithParam<TextCase> {};

TEST_P(Csv, IsSplitAsTheTableSays) {
  const TextCase& c = GetParam();
  std::string input = c.block("input");
  if (input.starts_with("PK")) input = "PK\x03\x04";
  try {
    std::string actual;
    for (const auto& row : parse_csv(input)) {
      if (!actual.empty()) actual += '\n';
      for (std::size_t i = 0; i < row.size(); ++i) actual += (i > 0 ? " | " : "") + row[i];
    }
    ASSERT_FALSE(c.has("error")) << c.name;
    EXPECT_EQ(actual, c.block("expect")) << c.name;
  } catch (const Rejected& rejected) {
    ASSERT_TRUE(c.has("error")) << c.name << ": " << rejected.message().zh;
    EXPECT_EQ(rejected.message().zh, c.block("error"));
  }
}
INSTANTIATE_TEST_SUITE_P(Table, Csv, ::testing::ValuesIn(testing::read_text_cases(JINGWEI_TESTDATA "/csv.test")));

TEST(Csv, CrLfAndByteOrderMarkAreRead) {
  const auto rows = parse_csv("\xEF\xBB\xBF" "a,b\r\n1,2\r\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][0], "a");
  EXPECT_EQ(rows[1][1], "2");
}

TEST(Csv, OtherEncodingsAreRefusedWithARemedy) {
  try {
    parse_csv("\xC3\xFB\xB3\xC6,x\n");  // 名称 in GBK
    FAIL();
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::unsupported);
    EXPECT_NE(rejected.problems().at(0).remedy.zh.find("CSV UTF-8"), std::string::npos);
  }
}

TEST(Csv, CellsThatASpreadsheetWouldRunAreMadeText) {
  EXPECT_EQ(csv_cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_cell("@x"), "\"'@x\"");
  EXPECT_EQ(csv_cell("-5"), "-5");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
}

class RegistryTest : public ::testing::TestWithParam<Store> {
 protected:
  RegistryTest() {
    administrator_ = person(Role::administrator, "");
    firm_ = make_organization("甲公司", "91350200776049653A");
    institute_ = make_organization("乙研究院", "12330000MA00000001");
    enterprise_ = person(Role::enterprise, firm_);
    provider_ = person(Role::provider, institute_);
  }

  static Actor person(Role role, const std::string& organization) {
    Actor actor;
    actor.account_id = "account_" + std::string(enum_name(role)) + organization;
    actor.login = actor.account_id;
    actor.organization_id = organization;
    actor.roles = {role};
    return actor;
  }
  std::string make_organization(const std::string& name, const std::string& uscc) {
    const Register& reg = *definitions().find("organizations");
    const json::object fields = registry_.check_fields(reg, {{"name", name}, {"uscc", uscc}, {"kind", "enterprise"}, {"region", "330402"}});
    return writer_.run([&](store::Transaction& tx) { return registry_.create(tx, administrator_, reg, fields, true).id; });
  }
  Entry create(const Actor& actor, const std::string& register_id, const json::object& raw, bool publish = true) {
    const Register& reg = *definitions().find(register_id);
    const json::object fields = registry_.check_fields(reg, raw);
    return writer_.run([&](store::Transaction& tx) { return registry_.create(tx, actor, reg, fields, publish); });
  }
  json::object need(const std::string& title, const std::string& confidentiality = "public") {
    return {{"title", title},
            {"owner", firm_},
            {"text", "密封圈一个月就变硬"},
            {"region", "330402"},
            {"confidentiality", confidentiality},
            {"contact_phone", "0573-1"},
            {"tried", "换过胶料"}};
  }
  json::object achievement(const std::string& title) {
    return {{"title", title}, {"owner", institute_}, {"text", "说明"}, {"segment", "chem.polymer"}, {"region", "330402"}, {"floor_price_fen", 100}};
  }
  static Code refusal(const std::function<void()>& act) {
    try {
      act();
    } catch (const Rejected& rejected) {
      return rejected.code();
    }
    ADD_FAILURE() << "was not refused";
    return Code::unavailable;
  }
  std::unique_ptr<store::Connection> reader() { return database_.database().connect(true); }

  TestDatabase database_{GetParam()};
  io::ManualClock clock_{testing::kTestStart};
  io::SeededRandom random_{5};
  store::FeedSignal signal_;
  store::Writer writer_{database_.database(), clock_, random_, signal_};
  evidence::Issuer issuer_{"test.example/330400", crypto::KeyPair::generate(random_)};
  Registry registry_{definitions(), issuer_};
  Actor administrator_, enterprise_, provider_;
  std::string firm_, institute_;
};

TEST_P(RegistryTest, AnEntryLivesFromDraftToWithdrawalWithAStatementForEachPublicAct) {
  const Entry draft = create(enterprise_, "needs", need("密封圈变硬"), false);
  EXPECT_EQ(draft.state, EntryState::draft);
  const Entry published = writer_.run([&](store::Transaction& tx) { return registry_.publish(tx, enterprise_, draft.id, draft.version); });
  EXPECT_EQ(published.version, 2);
  EXPECT_EQ(refusal([&] { writer_.run([&](store::Transaction& tx) { registry_.publish(tx, enterprise_, draft.id, {}); }); }), Code::wrong_state);
  const Entry withdrawn = writer_.run([&](store::Transaction& tx) { return registry_.withdraw(tx, enterprise_, draft.id, 2, "不做了"); });
  EXPECT_EQ(withdrawn.state, EntryState::withdrawn);
  const auto statements = evidence::statements_about(*reader(), draft.id);
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0].kind, "need_published");
  EXPECT_EQ(statements[1].kind, "need_withdrawn");
  EXPECT_EQ(registry_.history(*reader(), draft.id).size(), 3u);
}

TEST_P(RegistryTest, ASecondWriterOnAnOldVersionIsToldAndChangesNothing) {
  const Entry entry = create(enterprise_, "needs", need("改两次"));
  const json::object fields = registry_.check_fields(*definitions().find("needs"), need("改两次"));
  writer_.run([&](store::Transaction& tx) { registry_.edit(tx, enterprise_, entry.id, 1, fields); });
  EXPECT_EQ(refusal([&] { writer_.run([&](store::Transaction& tx) { registry_.edit(tx, enterprise_, entry.id, 1, fields); }); }), Code::version_mismatch);
  EXPECT_EQ(Registry::find(*reader(), entry.id)->version, 2);
}

TEST_P(RegistryTest, TheSameKeyTwiceIsAConflict) {
  create(enterprise_, "needs", need("同名"));
  EXPECT_EQ(refusal([&] { create(enterprise_, "needs", need("同名")); }), Code::conflict);
}

TEST_P(RegistryTest, AllProblemsOfAFormAreToldAtOnce) {
  try {
    registry_.check_fields(*definitions().find("achievements"), {{"title", ""}, {"trl", 12}, {"segment", "x"}, {"colour", "red"}});
    FAIL();
  } catch (const Rejected& rejected) {
    std::vector<std::string> fields;
    for (const auto& problem : rejected.problems()) fields.push_back(problem.field);
    std::ranges::sort(fields);
    EXPECT_EQ(fields, (std::vector<std::string>{"colour", "owner", "region", "segment", "text", "title", "trl"}));
  }
}

TEST_P(RegistryTest, PublishedEntriesExpireAfterTheirLastDay) {
  json::object fields = achievement("到期成果");
  fields["valid_to"] = "2026-02-01";
  const Entry entry = create(provider_, "achievements", fields);
  EXPECT_EQ(writer_.run([&](store::Transaction& tx) { return registry_.expire_due(tx, "2026-02-01", 10); }), 0);
  EXPECT_EQ(writer_.run([&](store::Transaction& tx) { return registry_.expire_due(tx, "2026-02-02", 10); }), 1);
  EXPECT_EQ(Registry::find(*reader(), entry.id)->state, EntryState::expired);
}

TEST_P(RegistryTest, ImportingTheSameFileTwiceChangesNothing) {
  const Register& reg = *definitions().find("achievements");
  const std::string csv = "成果名称,持有单位,成果说明,产业链环节,所在地,技术成熟度,价格（万元）\r\n"
                          "耐水解尼龙,乙研究院,说明一,化工新材料-高性能聚合物,嘉善县,6,30\r\n"
                          "低翘曲料,12330000MA00000001,说明二,chem.polymer,330421,7,\r\n";
  const auto commit = [&](const ImportPlan& plan) {
    return writer_.run([&](store::Transaction& tx) { return registry_.commit_rows(tx, administrator_, reg, plan.rows, true).committed; });
  };
  const ImportPlan first = registry_.plan_import(*reader(), administrator_, reg, csv);
  EXPECT_TRUE(first.problems.empty()) << first.problems.at(0).reason.zh;
  EXPECT_EQ(first.count(RowVerdict::new_entry), 2);
  EXPECT_EQ(commit(first), 2);
  const auto feed_before = reader()->query_integer("SELECT feed_seq FROM heads");
  const ImportPlan second = registry_.plan_import(*reader(), administrator_, reg, csv);
  EXPECT_EQ(second.count(RowVerdict::same), 2);
  EXPECT_EQ(commit(second), 0);
  EXPECT_EQ(reader()->query_integer("SELECT feed_seq FROM heads"), feed_before);
  // What was exported is the same when it comes back.
  std::string exported = registry_.export_header(reg);
  const auto names = reader();
  registry_.each(*reader(), administrator_, {.register_id = "achievements"},
                 [&](const Entry& entry) { exported += registry_.export_row(*names, reg, entry, administrator_, false, {}); });
  EXPECT_EQ(registry_.plan_import(*reader(), administrator_, reg, exported).count(RowVerdict::same), 2);
}

TEST_P(RegistryTest, AsASheetFieldsAreCellsOfTheirKindAndNobodySeesMoreThanOnThePage) {
  const Register& reg = *definitions().find("achievements");
  json::object fields = achievement("自修复密封圈");
  fields["price_fen"] = 12'500'000;
  create(provider_, "achievements", fields);
  EntryFilter filter;
  filter.register_id = "achievements";
  const auto seen = [&](const Actor& actor, bool english) {
    const auto names = reader();
    const auto sheet = entries_sheet(registry_, *reader(), *names, reg, actor, filter, english);
    std::map<std::string, office::Cell> row;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) row.emplace(sheet.columns[i].title, sheet.rows.at(0).at(i));
    return row;
  };
  const auto own = seen(provider_, false);
  EXPECT_EQ(own.at("成果名称"), office::Cell(std::string("自修复密封圈")));
  EXPECT_EQ(own.at("持有单位"), office::Cell(std::string("乙研究院")));
  EXPECT_EQ(own.at("转让或许可价格（元）"), office::Cell(Money{12'500'000}));
  EXPECT_EQ(own.at("可接受底价（元）"), office::Cell(Money{100}));
  EXPECT_EQ(own.at("所在地"), office::Cell(definitions().regions().find("330402")->full_name));
  EXPECT_EQ(own.at("状态"), office::Cell(std::string("已发布")));
  const auto others = seen(enterprise_, true);
  EXPECT_EQ(others.at("Lowest price (yuan)"), office::Cell()) << "the owner's alone";
  EXPECT_EQ(others.at("State"), office::Cell(std::string("Published")));
}

TEST_P(RegistryTest, WrongRowsAreNamedAndRightOnesGoIn) {
  const Register& reg = *definitions().find("achievements");
  const std::string csv = "成果名称,持有单位,成果说明,产业链环节,所在地\n"
                          "好的一行,乙研究院,说明,chem.polymer,330402\n"
                          "没有单位,,说明,chem.polymer,330402\n"
                          "环节不对,乙研究院,说明,没有的环节,330402\n"
                          "好的一行,乙研究院,说明,chem.polymer,330402\n"
                          "多一格,乙研究院,说明,chem.polymer,330402,x\n";
  const ImportPlan plan = registry_.plan_import(*reader(), administrator_, reg, csv);
  EXPECT_EQ(plan.count(RowVerdict::new_entry), 1);
  EXPECT_EQ(plan.count(RowVerdict::wrong), 4);
  ASSERT_EQ(plan.problems.size(), 4u);
  EXPECT_EQ(plan.problems[0].row, 3);
  EXPECT_EQ(plan.problems[0].field, "owner");
  EXPECT_EQ(plan.problems[1].row, 4);
  EXPECT_EQ(plan.problems[2].reason.zh, "与第 2 行重复");
  EXPECT_EQ(refusal([&] { registry_.plan_import(*reader(), administrator_, reg, "名称,单位\n"); }), Code::invalid) << "required columns are missing";
  EXPECT_EQ(refusal([&] { registry_.plan_import(*reader(), provider_, *definitions().find("organizations"), csv); }), Code::forbidden);
}

// Who sees which need: the table of audiences and readers; lists and totals must agree with may_read.
TEST_P(RegistryTest, ListsShowExactlyWhatMayBeRead) {
  const Entry open = create(enterprise_, "needs", need("公开的"));
  const Entry anonymous = create(enterprise_, "needs", need("匿名的", "anonymous"));
  const Entry invited = create(enterprise_, "needs", need("邀请的", "invited"));
  const Entry draft = create(enterprise_, "needs", need("草稿"), false);
  writer_.run([&](store::Transaction& tx) { registry_.invite(tx, invited.id, institute_); });
  writer_.run([&](store::Transaction& tx) { registry_.invite(tx, anonymous.id, institute_); });
  const std::string stranger_organization = make_organization("丙公司", "91350211M0000XUF46");
  struct Reader {
    Actor actor;
    std::vector<std::string> titles;
    bool sees_name;
  };
  const std::vector<std::string> all = {"公开的", "匿名的", "邀请的", "草稿"};
  const Reader readers[] = {
      {Actor{}, {"公开的", "匿名的"}, false},
      {person(Role::enterprise, stranger_organization), {"公开的", "匿名的"}, false},
      {person(Role::provider, institute_), {"公开的", "匿名的", "邀请的"}, true},
      {person(Role::financier, ""), {"公开的", "匿名的"}, false},
      {person(Role::enterprise, firm_), all, true},
      {person(Role::department, ""), all, true},
      {person(Role::administrator, ""), all, true},
      {person(Role::auditor, ""), all, true},
  };
  for (const auto& r : readers) {
    SCOPED_TRACE(r.actor.account_id);
    const auto connection = reader();
    const EntryPage page = registry_.list(*connection, r.actor, {.register_id = "needs"});
    std::vector<std::string> titles;
    for (const auto& entry : page.entries) titles.push_back(entry.title);
    std::ranges::sort(titles);
    std::vector<std::string> expected = r.titles;
    std::ranges::sort(expected);
    EXPECT_EQ(titles, expected);
    EXPECT_EQ(page.total, static_cast<std::int64_t>(expected.size()));
    for (const auto* entry : {&open, &anonymous, &invited, &draft})
      EXPECT_EQ(registry_.may_read(*connection, *entry, r.actor), std::ranges::count(expected, entry->title) == 1) << entry->title;
    EXPECT_EQ(!registry_.hides_owner(*connection, anonymous, r.actor), r.sees_name);
    const json::object fields = registry_.visible_fields(anonymous, r.actor, registry_.hides_owner(*connection, anonymous, r.actor));
    EXPECT_EQ(fields.contains("owner"), r.sees_name);
    EXPECT_EQ(fields.contains("contact_phone"), r.actor.acts_for(firm_) || r.actor.has(Role::department) || r.actor.has(Role::administrator));
    // Asking for the firm's entries must not reveal which anonymous needs are the firm's.
    const EntryPage of_firm = registry_.list(*connection, r.actor, {.register_id = "needs", .owner_id = firm_});
    const bool lists_anonymous = std::ranges::any_of(of_firm.entries, [](const Entry& entry) { return entry.title == "匿名的"; });
    EXPECT_EQ(lists_anonymous, r.sees_name);
  }
}

TEST_P(RegistryTest, EachRoleMayDoWhatTheRegisterSaysOnOwnAndForeignEntries) {
  const Entry own_need = create(enterprise_, "needs", need("自己的"), false);
  const Entry achievement_entry = create(provider_, "achievements", achievement("成果"), false);
  struct Row {
    Role role;
    bool at_firm;
    bool creates_need, creates_achievement, creates_fund, edits_need, edits_achievement;
  };
  const Row rows[] = {
      {Role::administrator, false, true, true, true, true, true}, {Role::department, false, true, true, true, true, true},
      {Role::enterprise, true, true, true, false, true, false},   {Role::enterprise, false, true, true, false, false, false},
      {Role::provider, true, false, true, false, true, false},    {Role::provider, false, false, true, false, false, false},
      {Role::financier, false, false, false, true, false, false}, {Role::auditor, true, false, false, false, false, false},
      {Role::auditor, false, false, false, false, false, false},
  };
  for (const auto& row : rows) {
    const Actor actor = person(row.role, row.at_firm ? firm_ : "");
    SCOPED_TRACE(actor.account_id);
    EXPECT_EQ(registry_.may_create(*definitions().find("needs"), actor), row.creates_need);
    EXPECT_EQ(registry_.may_create(*definitions().find("achievements"), actor), row.creates_achievement);
    EXPECT_EQ(registry_.may_create(*definitions().find("funds"), actor), row.creates_fund);
    const auto may_edit = [&](const Entry& entry) { return std::ranges::count(registry_.acts(entry, actor), Act::edit) == 1; };
    EXPECT_EQ(may_edit(own_need), row.edits_need);
    EXPECT_EQ(may_edit(achievement_entry), row.edits_achievement);
    const json::object fields = registry_.check_fields(*definitions().find("needs"), need("自己的"));
    if (!row.edits_need) {
      EXPECT_EQ(refusal([&] { writer_.run([&](store::Transaction& tx) { registry_.edit(tx, actor, own_need.id, 1, fields); }); }), Code::forbidden);
    }
  }
  Actor read_only = enterprise_;
  read_only.may_write = false;
  EXPECT_TRUE(registry_.acts(own_need, read_only).empty());
  EXPECT_FALSE(registry_.may_create(*definitions().find("needs"), Actor{}));
  // Writing for somebody else's organization.
  json::object foreign = need("别家的");
  foreign["owner"] = institute_;
  EXPECT_EQ(refusal([&] { create(enterprise_, "needs", foreign); }), Code::forbidden);
}

TEST_P(RegistryTest, PagesCoverEverythingOnceWhateverTheOrder) {
  for (int i = 0; i < 23; ++i) create(provider_, "achievements", achievement("成果" + std::to_string(i)));
  for (const bool by_title : {false, true}) {
    std::vector<std::string> seen;
    EntryFilter filter{.register_id = "achievements", .by_title = by_title, .limit = 5};
    do {
      const EntryPage page = registry_.list(*reader(), Actor{}, filter);
      EXPECT_EQ(page.total, 23);
      for (const auto& entry : page.entries) seen.push_back(entry.id);
      filter.cursor = page.next_cursor;
    } while (!filter.cursor.empty());
    EXPECT_EQ(seen.size(), 23u);
    std::ranges::sort(seen);
    EXPECT_TRUE(std::ranges::unique(seen).empty());
  }
  EXPECT_EQ(registry_.list(*reader(), Actor{}, {.register_id = "achievements", .text = "成果1"}).total, 11);
  EXPECT_EQ(registry_.list(*reader(), Actor{}, {.register_id = "achievements", .text = "%"}).total, 0) << "a percent sign is a character, not a pattern";
}

JINGWEI_ON_BOTH_STORES(RegistryTest);

}  // namespace
}  // namespace jingwei::registry
