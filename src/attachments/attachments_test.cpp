#include "attachments/attachments.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <map>
#include <sstream>

#include "base/check.h"
#include "io/file.h"
#include "testing/test_database.h"
#include "testing/text_cases.h"

namespace jingwei::attachments {
namespace {

using identity::Actor;
using identity::Role;

std::string zipped(const std::vector<std::string>& names) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  CHECK(zip != nullptr);
  for (const auto& name : names) CHECK(zip_file_add(zip, name.c_str(), zip_source_buffer(zip, "<x/>", 4, 0), 0) >= 0);
  CHECK(zip_close(zip) == 0);
  CHECK(zip_source_open(target) == 0);
  std::string bytes;
  char part[4096];
  for (zip_int64_t got = 0; (got = zip_source_read(target, part, sizeof part)) > 0;) bytes.append(part, static_cast<std::size_t>(got));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string sample(const std::string& name) {
  using namespace std::string_literals;
  const std::string pdf = "%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n";
  if (name == "pdf") return pdf;
  if (name == "half_pdf") return pdf.substr(0, 20);
  if (name == "png") return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s;
  if (name == "jpeg") return "\xFF\xD8\xFF\xE0\0\x10JFIF"s;
  if (name == "docx") return zipped({"[Content_Types].xml", "word/document.xml"});
  if (name == "xlsx") return zipped({"[Content_Types].xml", "xl/workbook.xml"});
  if (name == "macros") return zipped({"[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"});
  if (name == "zip") return zipped({"readme.txt"});
  if (name == "broken_zip") return "PK\x03\x04 and no more";
  if (name == "exe") return "MZ\x90\0\x03\0\0\0"s;
  if (name == "script") return "#!/bin/sh\n";
  if (name == "html") return "<!doctype html><script>1</script>";
  if (name == "ole") return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  if (name == "huge") return pdf + std::string(kFileBytesMax, ' ');
  CHECK(name == "empty");
  return "";
}

TEST(Kinds, AreReadFromTheBytesAndTheNameMustSayTheSame) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/kinds.test")) {
    std::istringstream words(text_case.block("file"));
    std::string name;
    std::string content;
    words >> name >> content;
    std::string told;
    try {
      told = kind_of(name, sample(content)).media_type;
    } catch (const Rejected& rejected) {
      told = std::string(code_name(rejected.code())) + " " + rejected.message().en;
      EXPECT_FALSE(rejected.problems().empty() || rejected.problems().front().remedy.zh.empty()) << text_case.name;
    }
    EXPECT_EQ(told, text_case.block("kind")) << text_case.line << " " << text_case.name;
  }
}

TEST(Names, ArePlainAndNeverAPath) {
  EXPECT_EQ(plain_name("C:\\fakepath\\报表.pdf"), "报表.pdf");
  EXPECT_EQ(plain_name("../../etc/报表.pdf"), "报表.pdf");
  EXPECT_EQ(plain_name("a\r\nb.pdf"), "ab.pdf");
  EXPECT_EQ(plain_name("\u202Efdp.exe.pdf"), "fdp.exe.pdf");
  EXPECT_THROW(plain_name(""), Rejected);
  EXPECT_THROW(plain_name("folder/"), Rejected);
  EXPECT_THROW(plain_name(".pdf"), Rejected);
  EXPECT_THROW(plain_name("\xFF.pdf"), Rejected);
  EXPECT_THROW(plain_name(std::string(200, 'a') + ".pdf"), Rejected);
}

class AttachmentsTest : public ::testing::TestWithParam<testing::Store> {
 protected:
  AttachmentsTest() : database_(GetParam()), writer_(database_.database(), clock_, random_, signal_) {
    folder_ = std::filesystem::temp_directory_path() / ("jingwei_attachments_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
  }
  ~AttachmentsTest() override {
    writer_.stop();
    std::filesystem::remove_all(folder_);
  }
  Attachment hand_in(const Actor& actor, const std::string& content) {
    const NewAttachment file{"报表.pdf", "application/pdf", static_cast<std::int64_t>(content.size()), files().keep(content)};
    return writer_.run([&](store::Transaction& tx) { return add(tx, actor, file); });
  }
  Files files(const char* name = "files") const { return Files(folder_ / name); }

  std::filesystem::path folder_;
  testing::TestDatabase database_;
  io::ManualClock clock_{testing::kTestStart};
  io::SeededRandom random_{7};
  store::FeedSignal signal_;
  store::Writer writer_;
  const Actor department_{"acc_1", "li", "李工", "org_1", {Role::department}, true};
  const Actor other_{"acc_2", "wang", "王工", "org_2", {Role::department}, true};
  const Actor enterprise_{"acc_3", "zhao", "赵工", "org_3", {Role::enterprise}, true};
};
JINGWEI_ON_BOTH_STORES(AttachmentsTest);

TEST_P(AttachmentsTest, DepartmentsHandInAndReadNobodyElse) {
  const auto added = hand_in(department_, sample("pdf"));
  const auto reader = database_.database().connect(true);
  EXPECT_EQ(require(*reader, other_, added.id).sha256, added.sha256);
  EXPECT_THROW(require(*reader, enterprise_, added.id), Rejected);
  EXPECT_THROW(require(*reader, Actor{}, added.id), Rejected);
  EXPECT_THROW(hand_in(enterprise_, sample("pdf")), Rejected);
  EXPECT_TRUE(is_id(added.id));
}

TEST_P(AttachmentsTest, TheSameBytesAreKeptOnceAndMended) {
  const auto first = hand_in(department_, sample("pdf"));
  const auto second = hand_in(other_, sample("pdf"));
  EXPECT_EQ(first.sha256, second.sha256);
  EXPECT_NE(first.id, second.id);
  const auto reader = database_.database().connect(true);
  EXPECT_EQ(digests(*reader).size(), 1U);
  EXPECT_EQ(files().read(first.sha256), sample("pdf"));
  io::write_file_atomically(files().path_of(first.sha256), "somebody wrote here");
  EXPECT_EQ(files().fault_of(first.sha256), "changed");
  EXPECT_THROW(files().read(first.sha256), Rejected);
  files().keep(sample("pdf"));
  EXPECT_FALSE(files().fault_of(first.sha256));
}

TEST_P(AttachmentsTest, ABackupCarriesEveryFileAndRefusesADamagedOne) {
  const auto pdf = hand_in(department_, sample("pdf"));
  hand_in(department_, sample("docx"));
  const auto reader = database_.database().connect(true);
  EXPECT_EQ(copy_files(digests(*reader), files(), files("backup")), 2U);
  EXPECT_EQ(files("backup").read(pdf.sha256), sample("pdf"));
  std::filesystem::remove(files("backup").path_of(pdf.sha256));
  EXPECT_THROW(copy_files(digests(*reader), files("backup"), files("restored")), Rejected);
  EXPECT_EQ(files().fault_of(std::string(64, 'a')), "missing");
}

}  // namespace
}  // namespace jingwei::attachments
