// RFC 4180: cells separated by commas, rows by CRLF or LF, quotes doubled inside quotes.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "office/csv.h"
#include "registry/registry.h"

namespace jingwei::registry {
namespace {

Rejected broken(std::int64_t line, const std::string& zh, const std::string& en, Bilingual remedy) {
  return Rejected(Code::malformed, {fmt::format("第 {} 行：{}", line, zh), fmt::format("line {}: {}", line, en)}, {{line, "", {zh, en}, std::move(remedy)}});
}

Rejected over_limit(const std::string& zh, const std::string& en) {
  return Rejected(Code::too_large, "", {zh, en}, {"把文件拆成几个再导入", "split the file and import the parts"});
}

/// The text without its byte order mark; refuses what is no UTF-8 text or too much of it.
std::string_view check_file(std::string_view text) {
  if (text.starts_with("PK\x03\x04"))
    throw Rejected(Code::unsupported, "", {"这是 XLSX 文件，目前只能导入 CSV", "this is an XLSX file; only CSV can be imported so far"},
                   {"在表格软件里另存为“CSV UTF-8”", "save it as CSV UTF-8 in your spreadsheet program"});
  if (text.size() > kImportBytesMax)
    throw over_limit(fmt::format("文件超过 {} MB", kImportBytesMax >> 20), fmt::format("the file is larger than {} MB", kImportBytesMax >> 20));
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
    throw Rejected(Code::unsupported, "", {"文件不是 UTF-8 编码的文本", "the file is not text in UTF-8"},
                   {"在表格软件里另存为“CSV UTF-8（逗号分隔）”", "save it as CSV UTF-8 in your spreadsheet program"});
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

}  // namespace

std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
  text = check_file(text);
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  std::int64_t line = 1;
  std::int64_t quote_line = 0;
  bool quoted = false;
  bool was_quoted = false;
  const auto end_cell = [&] {
    if (cell.size() > kImportCellBytesMax)
      throw over_limit(fmt::format("第 {} 行有一格超过 {} 字节", line, kImportCellBytesMax),
                       fmt::format("line {} has a cell of more than {} bytes", line, kImportCellBytesMax));
    row.push_back(std::move(cell));
    cell.clear();
    was_quoted = false;
    if (row.size() > kImportColumnsMax)
      throw over_limit(fmt::format("第 {} 行超过 {} 列", line, kImportColumnsMax), fmt::format("line {} has more than {} columns", line, kImportColumnsMax));
  };
  const auto end_row = [&] {
    end_cell();
    rows.push_back(std::exchange(row, {}));
    row.reserve(rows.front().size());
    if (rows.size() > kImportRowsMax + 1) throw over_limit(fmt::format("超过 {} 行", kImportRowsMax), fmt::format("more than {} rows", kImportRowsMax));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        const auto run = text.substr(i, text.find('"', i) - i);
        line += std::ranges::count(run, '\n');
        cell += run;
        i += run.size() - 1;
      }
    } else if (c == '"' && cell.empty() && !was_quoted) {
      quoted = was_quoted = true;
      quote_line = line;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
      end_row();
      i += c == '\r';
      ++line;
    } else if (was_quoted) {
      throw broken(line, "引号后面还有文字", "text follows a closing quote", {"把这一格整个放进引号，里面的引号写两遍", "quote the whole cell and double the quotes inside"});
    } else {
      const auto run = text.substr(i, text.find_first_of(",\r\n", i + 1) - i);  // a quote inside an unquoted cell is text
      cell += run;
      i += run.size() - 1;
    }
  }
  if (quoted) throw broken(quote_line, "引号没有配对", "a quote is not closed", {"补上结尾的引号", "close the quote"});
  if (!cell.empty() || !row.empty() || was_quoted) end_row();
  return rows;
}

std::string csv_cell(std::string_view text) { return office::csv_cell(text); }

std::string_view without_guard(std::string_view cell) { return cell.starts_with('\'') && office::wants_guard(cell) ? cell.substr(1) : cell; }

}  // namespace jingwei::registry
