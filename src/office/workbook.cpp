// Workbooks through libxlsxwriter, see workbook.h. The library writes to a path: it is that of a file in memory (memfd_create), which
// nobody else can open. What it must keep meanwhile goes to nameless files of tmpfile().
#include "office/workbook.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <stdexcept>

#include "base/check.h"
#include "base/rejected.h"
#include "base/text.h"
#include "office/internal/native_charts.h"
#include "office/internal/sheet_names.h"
#include "office/internal/xml.h"

namespace jingwei::office {
namespace {

constexpr std::size_t kCellsInMemoryMax = 100'000;  ///< a workbook without charts that has more is written row by row
constexpr std::size_t kRowsMeasured = 200;          ///< for the widths of columns
constexpr double kWidthMin = 7;
constexpr double kWidthMax = 48;
constexpr lxw_color_t kHeadFill = 0xE8E4D8;
constexpr lxw_color_t kHeadLine = 0x1F5F7A;
constexpr std::uint8_t kPaperA4 = 9;
constexpr std::string_view kFirstDay = "1900-03-01";  ///< before it, spreadsheet programs count a day that never was

class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("no file in memory could be made");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor_); }
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  std::string content() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(std::max<off_t>(size, 0)), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const auto got = pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (got <= 0) throw std::runtime_error("the workbook could not be read back");
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

struct FreeBook {
  void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};
using Book = std::unique_ptr<lxw_workbook, FreeBook>;

struct Formats {
  lxw_format* head = nullptr;
  lxw_format* text = nullptr;
  lxw_format* number = nullptr;
  lxw_format* day = nullptr;
  lxw_format* moment = nullptr;
  lxw_format* money = nullptr;
};

Formats formats_of(lxw_workbook* book) {
  const auto made = [&](const char* number_format) {
    lxw_format* format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number_format != nullptr) format_set_num_format(format, number_format);
    return format;
  };
  Formats formats{made(nullptr), made(nullptr), made(nullptr), made("yyyy-mm-dd"), made("yyyy-mm-dd hh:mm:ss"), made("#,##0.00")};
  format_set_text_wrap(formats.text);
  format_set_bold(formats.head);
  format_set_text_wrap(formats.head);
  format_set_bg_color(formats.head, kHeadFill);
  format_set_bottom(formats.head, LXW_BORDER_MEDIUM);
  format_set_bottom_color(formats.head, kHeadLine);
  return formats;
}

/// Days since 1899-12-30, which spreadsheet programs count.
std::optional<double> serial_of(std::string_view day) {
  using namespace std::chrono;
  const auto normal = normalise_date(day);
  if (!normal || *normal != day || day < kFirstDay) return std::nullopt;
  const year_month_day date{year(std::stoi(normal->substr(0, 4))), month(static_cast<unsigned>(std::stoi(normal->substr(5, 2)))),
                            std::chrono::day(static_cast<unsigned>(std::stoi(normal->substr(8, 2))))};
  return static_cast<double>((sys_days(date) - sys_days(year_month_day{year(1899), December, std::chrono::day(30)})).count());
}

struct Writer {
  lxw_worksheet* sheet;
  const Formats& formats;
  lxw_row_t row;
  lxw_col_t column;

  void done(lxw_error error) const { CHECK(error == LXW_NO_ERROR); }
  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const { done(worksheet_write_string(sheet, row, column, internal::cell_text(text).c_str(), formats.text)); }
  void operator()(double number) const {
    if (!std::isfinite(number)) return (*this)(fmt::format("{}", number));
    done(worksheet_write_number(sheet, row, column, number, formats.number));
  }
  void operator()(bool yes) const { done(worksheet_write_boolean(sheet, row, column, yes ? 1 : 0, formats.number)); }
  void operator()(const Day& day) const {
    const auto serial = serial_of(day.text);
    if (!serial) return (*this)(day.text);
    done(worksheet_write_number(sheet, row, column, *serial, formats.day));
  }
  void operator()(Timestamp moment) const {
    const std::string text = text_of(moment);
    const auto serial = serial_of(std::string_view(text).substr(0, kFirstDay.size()));
    if (!serial) return (*this)(text);
    constexpr std::int64_t kShanghaiUs = 8 * 3600 * kMicrosPerSecond;
    const std::int64_t of_day = ((moment.us + kShanghaiUs) % kMicrosPerDay + kMicrosPerDay) % kMicrosPerDay;
    done(worksheet_write_number(sheet, row, column, *serial + static_cast<double>(of_day) / static_cast<double>(kMicrosPerDay), formats.moment));
  }
  void operator()(Money money) const { done(worksheet_write_number(sheet, row, column, static_cast<double>(money.fen) / kFenPerYuan, formats.money)); }
};

/// In characters as they are seen: Chinese ones are twice as wide; of several lines the longest.
double width_of(std::string_view text) {
  double width = 0;
  double longest = 0;
  constexpr char32_t kWideFrom = 0x2E80;
  while (!text.empty() && longest < kWidthMax) {
    const char32_t c = take_code_point(text);
    width = c == '\n' ? 0 : width + (c >= kWideFrom ? 2 : 1);
    longest = std::max(longest, width);
  }
  return longest;
}

void set_widths(lxw_worksheet* worksheet, const Sheet& sheet) {
  for (std::size_t column = 0; column < sheet.columns.size(); ++column) {
    double width = sheet.columns[column].width;
    if (width <= 0) {
      width = width_of(sheet.columns[column].title) + 2;  // the sign of the filter
      for (std::size_t row = 0; row < std::min(sheet.rows.size(), kRowsMeasured); ++row) width = std::max(width, width_of(text_of(sheet.rows[row][column])));
      width = std::clamp(width + 1, kWidthMin, kWidthMax);
    }
    const auto at = static_cast<lxw_col_t>(column);
    CHECK(worksheet_set_column(worksheet, at, at, width, nullptr) == LXW_NO_ERROR);
  }
}

void write_table(lxw_worksheet* worksheet, const Sheet& sheet, const Formats& formats) {
  const auto last_column = static_cast<lxw_col_t>(sheet.columns.size() - 1);
  set_widths(worksheet, sheet);
  for (std::size_t column = 0; column < sheet.columns.size(); ++column)
    CHECK(worksheet_write_string(worksheet, 0, static_cast<lxw_col_t>(column), internal::cell_text(sheet.columns[column].title).c_str(), formats.head) == LXW_NO_ERROR);
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    CHECK(sheet.rows[row].size() == sheet.columns.size());
    for (std::size_t column = 0; column < sheet.columns.size(); ++column)
      std::visit(Writer{worksheet, formats, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(column)}, sheet.rows[row][column]);
  }
  worksheet_freeze_panes(worksheet, 1, 0);
  CHECK(worksheet_autofilter(worksheet, 0, 0, static_cast<lxw_row_t>(sheet.rows.size()), last_column) == LXW_NO_ERROR);
  CHECK(worksheet_repeat_rows(worksheet, 0, 0) == LXW_NO_ERROR);
}

void require_bounds(const Workbook& workbook) {
  std::size_t cells = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  for (const auto& sheet : workbook.sheets) {
    columns = std::max(columns, sheet.columns.size());
    cells += sheet.rows.size() * sheet.columns.size();
    rows = std::max(rows, sheet.rows.size());
  }
  CHECK(!workbook.sheets.empty());
  if (cells <= kCellsMax && rows <= kRowsMax && columns <= kColumnsMax && workbook.sheets.size() <= kSheetsMax) return;
  throw Rejected(Code::too_large, "", {fmt::format("表格有 {} 格、{} 列，XLSX 最多 {} 格、{} 列", cells, columns, kCellsMax, kColumnsMax),
                                   fmt::format("The table has {} cells in {} columns; XLSX takes {} in {} at most", cells, columns, kCellsMax, kColumnsMax)},
                 {"请加条件分批下载，或下载 CSV", "Add conditions and download in parts, or download CSV"});
}

void set_properties(lxw_workbook* book, const Workbook& workbook) {
  std::string title = internal::clean(workbook.title);
  std::string author = internal::clean(workbook.author);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  properties.created = workbook.made_at.us / kMicrosPerSecond;
  CHECK(workbook_set_properties(book, &properties) == LXW_NO_ERROR);
}

}  // namespace

std::string bytes_of(const Workbook& workbook) {
  require_bounds(workbook);
  const auto names = internal::sheet_names(workbook.sheets);
  std::size_t cells = 0;
  bool charts = false;
  std::map<std::string, std::size_t> by_name;
  for (std::size_t at = 0; at < workbook.sheets.size(); ++at) {
    cells += workbook.sheets[at].rows.size() * workbook.sheets[at].columns.size();
    charts = charts || !workbook.sheets[at].charts.empty();
    by_name.emplace(workbook.sheets[at].name, at);
  }
  const MemoryFile file;
  lxw_workbook_options options{};
  options.constant_memory = cells > kCellsInMemoryMax && !charts ? 1 : 0;
  Book book(workbook_new_opt(file.path().c_str(), &options));
  if (!book) throw std::runtime_error("no workbook could be made");
  set_properties(book.get(), workbook);
  const Formats formats = formats_of(book.get());
  std::vector<lxw_worksheet*> worksheets;
  for (std::size_t at = 0; at < workbook.sheets.size(); ++at) {
    lxw_worksheet* worksheet = workbook_add_worksheet(book.get(), names[at].c_str());
    CHECK(worksheet != nullptr);
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, kPaperA4);
    worksheet_fit_to_pages(worksheet, 1, 0);
    if (!workbook.sheets[at].columns.empty()) write_table(worksheet, workbook.sheets[at], formats);
    worksheets.push_back(worksheet);
  }
  for (std::size_t at = 0; at < workbook.sheets.size(); ++at) {
    const Sheet& sheet = workbook.sheets[at];
    for (std::size_t chart = 0; chart < sheet.charts.size(); ++chart) {
      const std::string& wanted = sheet.charts[chart].data_sheet;
      const std::size_t data = wanted.empty() ? at : by_name.at(wanted);
      internal::add_chart(book.get(), worksheets[at], sheet, chart, {workbook.sheets[data], names[data]});
    }
  }
  if (const lxw_error error = workbook_close(book.release()); error != LXW_NO_ERROR) throw std::runtime_error(std::string("a workbook could not be written: ") + lxw_strerror(error));
  return file.content();
}

}  // namespace jingwei::office
