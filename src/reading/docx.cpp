// The text of word/document.xml (ECMA-376 part 1, WordprocessingML): paragraphs, tables, and what is left out.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "reading/file.h"
#include "reading/internal/docx_numbers.h"
#include "reading/internal/docx_parts.h"
#include "reading/reading.h"

namespace jingwei::reading {
namespace {

constexpr int kSpannedColumnsMax = 60;

class DocumentPart : public XmlElements {
 public:
  explicit DocumentPart(DocxNumbers numbers) : numbers_(std::move(numbers)) {}

  std::string take_text() { return std::move(text_); }

  void begin(std::string_view name, const Attributes& attributes) override {
    // What was moved away, and a copy for programs that do not know a shape.
    if (skipped_ > 0 || name == "moveFrom" || name == "Fallback" || name == "del") {
      ++skipped_;
      return;
    }
    if (name == "tbl")
      ++tables_;
    else if (name == "tr" && tables_ == 1)
      begin_row();
    else if (name == "tc" && tables_ == 1)
      begin_cell();
    else if (name == "gridSpan" && tables_ == 1)
      spanned_ = std::clamp(value_of(attributes), 1, kSpannedColumnsMax);
    else if (name == "p")
      begin_paragraph();
    else if (name == "numId")
      list_ = value_of(attributes);
    else if (name == "ilvl")
      level_ = value_of(attributes);
    else if (name == "t")
      in_text_ = true;
    else if (name == "tab" && in_run_)
      put(" ");
    else if (name == "br" || name == "cr")
      put(tables_ > 0 ? " " : "\n");
    else if (name == "r")
      in_run_ = true;
    else if (name == "noBreakHyphen")
      put("-");
  }

  void end(std::string_view name) override {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (name == "t")
      in_text_ = false;
    else if (name == "r")
      in_run_ = false;
    else if (name == "p")
      end_paragraph();
    else if (name == "tc" && tables_ == 1)
      end_cell();
    else if (name == "tr" && tables_ == 1)
      put_line();
    else if (name == "tbl")
      end_table();
  }

  void text(std::string_view characters) override {
    if (in_text_ && skipped_ == 0) put(characters);
  }

 private:
  static int value_of(const Attributes& attributes) {
    const auto at = attributes.find("val");
    return at == attributes.end() ? 0 : std::atoi(at->second.c_str());
  }

  void begin_paragraph() {
    // A paragraph within one (a text box) ends what stood before it.
    if (tables_ == 0 && !line_.empty()) put_line();
    list_ = 0;
    level_ = 0;
    is_numbered_ = false;
  }

  void put(std::string_view characters) {
    if (list_ > 0 && !is_numbered_) {
      is_numbered_ = true;
      line_ += numbers_.next(list_, level_);
    }
    line_ += characters;
    if (text_.size() + line_.size() > kTextBytesMax)
      throw Rejected(Code::too_large, "",
                     {fmt::format("文字超过 {} MB", kTextBytesMax >> 20), fmt::format("There are more than {} MB of text", kTextBytesMax >> 20)},
                     {"只留下正文和附表再读", "Keep the text and its tables alone"});
  }

  void put_line() {
    text_ += line_;
    text_ += '\n';
    line_.clear();
  }

  void end_paragraph() {
    if (tables_ == 0)
      put_line();
    else if (!line_.empty() && line_.back() != ' ' && line_.back() != '\t')
      line_ += ' ';
  }

  void begin_row() {
    line_.clear();
    cells_ = 0;
  }

  void begin_cell() {
    if (cells_++ > 0) line_ += '\t';
    spanned_ = 1;
  }

  void end_cell() {
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    // What is merged with the next columns leaves them empty.
    line_.append(static_cast<std::size_t>(spanned_ - 1), '\t');
  }

  void end_table() {
    if (--tables_ == 0) text_ += '\n';
  }

  DocxNumbers numbers_;
  std::string text_;
  std::string line_;
  int tables_ = 0;   ///< open ones; a table within a cell is that cell's text
  int skipped_ = 0;  ///< open elements that are left out
  int cells_ = 0;
  int spanned_ = 1;
  int list_ = 0;
  int level_ = 0;
  bool is_numbered_ = false;
  bool in_text_ = false;
  bool in_run_ = false;
};

}  // namespace

std::string text_of_docx(std::string_view bytes) {
  DocxParts parts(bytes);
  const auto document = parts.part("word/document.xml");
  if (!document)
    throw Rejected(Code::unsupported, "", {"压缩包里没有 Word 正文", "There is no Word text in the archive"},
                   {"交 .docx、有文字的 .pdf 或 .txt", "Hand in .docx, .pdf with text or .txt"});
  const auto numbering = parts.part("word/numbering.xml");
  DocumentPart reader(numbering ? DocxNumbers(*numbering) : DocxNumbers());
  parse_xml(*document, reader);
  return reader.take_text();
}

}  // namespace jingwei::reading
