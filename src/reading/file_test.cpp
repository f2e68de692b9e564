// Files of the kinds that people hand in, and of those that must be refused in a plain sentence.
#include "reading/file.h"

#include <gtest/gtest.h>

#include <tuple>

#include "reading/reading.h"
#include "reading/test_draft.h"
#include "reading/test_files.h"
#include "testing/text_cases.h"

namespace jingwei::reading {
namespace {

/// A program that ends as the test wants.
class OneEnd : public io::Programs {
 public:
  explicit OneEnd(io::ProgramResult result) : result_(std::move(result)) {}
  io::ProgramResult run(const std::vector<std::string>&, std::string_view, const io::ProgramLimits&) override { return result_; }

 private:
  io::ProgramResult result_;
};

std::string with_arrows(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\t' ? std::string("→") : std::string(1, c);
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

/// The code and what it says, in both languages; "" when nothing is refused.
std::string refusal(const std::string& bytes, io::Programs& programs) {
  try {
    text_of_file(bytes, programs);
  } catch (const Rejected& rejected) {
    EXPECT_FALSE(rejected.problems().empty() || rejected.problems()[0].remedy.zh.empty() || rejected.problems()[0].remedy.en.empty());
    EXPECT_FALSE(rejected.message().en.empty());
    return std::string(code_name(rejected.code())) + " " + rejected.message().zh;
  }
  return "";
}

std::string refusal(const std::string& bytes) {
  io::SystemPrograms programs;
  return refusal(bytes, programs);
}

TEST(File, WordDocuments) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/docx.test")) {
    SCOPED_TRACE(text_case.name);
    const std::string bytes = docx(text_case.block("body"), text_case.has("numbering") ? text_case.block("numbering") : "");
    EXPECT_EQ(with_arrows(text_of_docx(bytes)), text_case.block("expect"));
  }
}

TEST(File, ATableWithMergedCellsGivesItsIndicators) {
  const auto row = [](std::initializer_list<std::string> cells) {
    std::string xml = "<w:tr>";
    for (const auto& cell : cells) xml += "<w:tc><w:p><w:r><w:t>" + cell + "</w:t></w:r></w:p></w:tc>";
    return xml + "</w:tr>";
  };
  const std::string text =
      text_of_docx(docx("<w:p><w:r><w:t>某市行动方案</w:t></w:r></w:p><w:tbl>" + row({"类别", "指标", "2025年", "2027年", "责任部门"}) +
                        row({"创新", "研发强度（%）", "3.1", "3.5", "市科技局"}) + row({"", "发明专利（件）", "20", "30以上", "市知识产权局"}) + "</w:tbl>"));
  const std::string lines = lines_of(read(text), false);
  EXPECT_NE(lines.find("indicator - | 研发强度 | % | 创新 | 2025: 3.1 | 2027: equal 3.5 | up figures | lead 市科技局"), lines.npos) << lines;
  EXPECT_NE(lines.find("indicator - | 发明专利 | 件 | 创新 | 2025: 20 | 2027: at_least 30 | up bound | lead 市知识产权局"), lines.npos) << lines;
}

TEST(File, PdfWithTextThroughTheRealProgram) {
  io::SystemPrograms programs;
  const std::string text = text_of_file(pdf({"某市科技创新若干措施", "（一）办好活动。每年举办路演不少于30场。（责任单位：市科技局）"}), programs);
  const std::string lines = lines_of(read(text), false);
  EXPECT_NE(lines.find("promise （一） | 路演 | at_least 30 场 | each_year"), lines.npos) << text << lines;
  EXPECT_NE(lines.find("  lead 市科技局"), lines.npos) << lines;
}

TEST(File, TablesOfAPdfThroughTheRealPrograms) {
  io::SystemPrograms programs;
  // Three columns; the first cell reaches over two rows, one name runs over two lines. Lines are stroked, as a word processor does.
  std::string content = "BT /F1 12 Tf 1 0 0 1 50 800 Tm " + pdf_text("某市创新行动方案") + " Tj ET 0.5 w\n";
  for (const int y : {760, 740, 680}) content += fmt::format("50 {0} m 500 {0} l S\n", y);
  content += "120 700 m 500 700 l S\n";
  for (const int x : {50, 120, 280, 340, 400, 500}) content += fmt::format("{0} 680 m {0} 760 l S\n", x);
  const auto say = [&](int x, int y, const std::string& text) { content += fmt::format("BT /F1 10 Tf 1 0 0 1 {} {} Tm {} Tj ET\n", x, y, pdf_text(text)); };
  const std::vector<std::tuple<int, int, std::string>> cells = {
      {55, 746, "类别"}, {125, 746, "指标"}, {285, 746, "2025年"}, {345, 746, "2027年"}, {405, 746, "责任部门"},
      {55, 706, "创新"}, {125, 724, "规上工业企业研发"}, {125, 710, "经费强度（%）"}, {285, 717, "3.1"}, {345, 717, "3.5以上"}, {405, 717, "市科技局"},
      {125, 686, "发明专利（件）"}, {285, 686, "20"}, {345, 686, "30"}, {405, 686, "市知识产权局"}};
  for (const auto& [x, y, text] : cells) say(x, y, text);
  const std::string text = text_of_file(pdf_page(content), programs);
  EXPECT_NE(text.find("类别\t指标\t2025年\t2027年\t责任部门\n创新\t规上工业企业研发经费强度（%）\t3.1\t3.5以上\t市科技局\n\t发明专利（件）\t20\t30\t市知识产权局\n"), text.npos) << text;
  const std::string lines = lines_of(read(text), false);
  EXPECT_NE(lines.find("indicator - | 规上工业企业研发经费强度 | % | 创新 | 2025: 3.1 | 2027: at_least 3.5"), lines.npos) << lines;
  EXPECT_NE(lines.find("indicator - | 发明专利 | 件 | 创新 | 2025: 20 | 2027: equal 30"), lines.npos) << lines;
}

/// Without the program that draws pages, or with one that fails, the text is read as it always was.
TEST(File, APdfThatCannotBeDrawnKeepsItsText) {
  class OnlyText : public io::Programs {
   public:
    io::ProgramResult run(const std::vector<std::string>& command, std::string_view input, const io::ProgramLimits& limits) override {
      return command.size() > 1 && command[0] == "pdftotext" && command[1] == "-enc" && command[3] == "-eol" ? system_.run(command, input, limits)
                                                                                                                  : io::ProgramResult{.end = io::ProgramResult::End::timed_out};
    }

   private:
    io::SystemPrograms system_;
  } programs;
  EXPECT_NE(text_of_file(pdf({"一 二", "三 四", "五 六"}), programs).find("三"), std::string::npos);
}

TEST(File, PlainTextInTheEncodingsOfTheTrade) {
  io::SystemPrograms programs;
  EXPECT_EQ(text_of_file("方案", programs), "方案");
  EXPECT_EQ(text_of_file("\xEF\xBB\xBF方案", programs), "方案");
  EXPECT_EQ(text_of_file("\xB7\xBD\xB0\xB8", programs), "方案");  // GB 18030
  EXPECT_EQ(text_of_file(std::string("\xFF\xFE\xB9\x65\x48\x68", 6), programs), "方案");
  EXPECT_EQ(text_of_file(std::string("\xFE\xFF\x65\xB9\x68\x48", 6), programs), "方案");
}

TEST(File, RefusesWhatIsNoDocument) {
  EXPECT_EQ(refusal(""), "malformed 文件是空的");
  EXPECT_EQ(refusal(std::string("\xD0\xCF\x11\xE0 old Word")), "unsupported 读不了这种文件");
  EXPECT_EQ(refusal("{\\rtf1 text}"), "unsupported 读不了这种文件");
  EXPECT_EQ(refusal(std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16)), "unsupported 读不了这种文件");
  EXPECT_EQ(refusal("\xFF\xFF\xFF broken"), "unsupported 读不了这种文件");
  EXPECT_EQ(refusal(std::string(kFileBytesMax + 1, 'x')), "too_large 文件有 20 MB，最多 20 MB");
  EXPECT_EQ(refusal("PK\x03\x04" + std::string(200U << 20, 'x')), "too_large 文件有 200 MB，最多 20 MB");
}

TEST(File, RefusesDamagedAndHostileWordFiles) {
  EXPECT_EQ(refusal("PK\x03\x04 and no more"), "malformed 这不是完好的 .docx");
  EXPECT_EQ(refusal(docx("<w:p><w:r><w:t>不闭合")), "malformed 这不是完好的 .docx");
  EXPECT_EQ(refusal(zipped({{"xl/workbook.xml", "<workbook/>"}})), "unsupported 压缩包里没有 Word 正文");
  const std::string whole = docx("<w:p><w:r><w:t>完好</w:t></w:r></w:p>");
  EXPECT_EQ(refusal(whole), "");
  EXPECT_EQ(refusal(whole.substr(0, whole.size() / 2)), "malformed 这不是完好的 .docx");
  EXPECT_EQ(refusal(zipped({{"word/document.xml", "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\">]><a>&x;&x;</a>"}})), "malformed .docx 里有不该有的 DOCTYPE");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<w:p>";
  EXPECT_EQ(refusal(docx(deep)), "malformed 这不是完好的 .docx");
}

TEST(File, RefusesZipBombs) {
  const std::string bomb = zipped({{"word/document.xml", std::string(30U << 20, ' ')}});
  EXPECT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(refusal(bomb), "too_large 解开后文字部分超过 40 MB，或压缩比高得不正常");
  // Text that is packed tightly but not too tightly, and too much of it.
  std::string body;
  for (int i = 0; body.size() < (3U << 20); ++i) body += fmt::format("<w:p><w:r><w:t>第{}条{}</w:t></w:r></w:p>", i, i * 7919LL % 1000003);
  EXPECT_EQ(refusal(docx(body)), "");
  std::string long_text;
  for (int i = 0; long_text.size() < 3U << 20; ++i) long_text += std::to_string(i * 7919LL % 1000003);
  EXPECT_EQ(refusal(docx("<w:p><w:r><w:t>" + long_text + "</w:t></w:r></w:p>")), "too_large 文字超过 2 MB");
}

TEST(File, TellsWhatIsWrongWithAPdf) {
  EXPECT_EQ(refusal(pdf({})), "unsupported PDF 里没有文字，多半是扫描件");
  EXPECT_EQ(refusal("%PDF-1.4\nnothing else"), "malformed PDF 损坏，打不开");
  const std::string locked =
      "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + std::string(64, '0') + "> /U <" + std::string(64, '0') + "> /P -4 >> /ID [<00> <00>]";
  EXPECT_EQ(refusal(pdf({"x"}, locked)), "unsupported PDF 有密码或不许取文字");
  using End = io::ProgramResult::End;
  OneEnd absent({End::not_found, 0, "", ""}), slow({End::timed_out, 0, "", ""}), endless({End::output_too_long, 0, "", ""}), killed({End::killed, 0, "", ""});
  EXPECT_EQ(refusal("%PDF-1.4", absent), "unavailable 这台服务器没有装 pdftotext，读不了 PDF");
  EXPECT_EQ(refusal("%PDF-1.4", slow), "too_large 读这个 PDF 用的时间或内存太多");
  EXPECT_EQ(refusal("%PDF-1.4", killed), "too_large 读这个 PDF 用的时间或内存太多");
  EXPECT_EQ(refusal("%PDF-1.4", endless), "too_large PDF 里的文字超过 2 MB");
}

}  // namespace
}  // namespace jingwei::reading
