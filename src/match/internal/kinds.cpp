#include "match/internal/kinds.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>

namespace jingwei::match {
namespace {

enum Place : std::size_t { kAchievement, kExpert, kPlatform, kInstrument, kPilot, kDataset, kPolicy, kFund, kScenario, kOther };

bool holds_any(std::string_view text, std::initializer_list<std::string_view> cues) {
  return std::ranges::any_of(cues, [&](auto cue) { return text.find(cue) != std::string_view::npos; });
}
bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> cues) {
  return std::ranges::any_of(cues, [&](auto cue) { return text.ends_with(cue); });
}

}  // namespace

std::size_t kind_place(std::string_view kind) {
  const auto at = std::ranges::find(kKinds, kind);
  return at == kKinds.end() ? kOther : static_cast<std::size_t>(at - kKinds.begin());
}

std::size_t kind_from_text(std::string_view title, std::string_view text) {
  if (holds_any(title, {"教授", "研究员", "工程师", "博士", "副总", "专家", "顾问", "院士"})) return kExpert;
  if (holds_any(title, {"基金", "贷款", "信贷", "融资", "担保", "保理", "质押", "租赁", "科创贷", "投资"})) return kFund;
  if (holds_any(title, {"补贴", "补助", "奖励", "办法", "若干政策", "政策", "资助", "专项申报", "细则", "免申即享"})) return kPolicy;
  if (holds_any(title, {"数据集", "语料", "图像库", "数据库", "样本库"})) return kDataset;
  if (holds_any(title, {"应用场景", "场景开放", "场景"})) return kScenario;
  if (holds_any(title, {"中试", "试制线", "试验线", "小试线", "试产"})) return kPilot;
  if (holds_any(title, {"实验室", "研究中心", "创新中心", "服务中心", "检测中心", "平台", "研究院", "技术中心", "联合中心", "工作站"})) return kPlatform;
  if (ends_with_any(title, {"仪", "测量机", "试验机", "试验台", "显微镜", "光谱仪", "分析系统", "测试系统", "试验箱", "测试台", "检测仪", "平台机", "质谱"})) return kInstrument;
  if (holds_any(text, {"按台时计费", "按样计费", "按机时", "可预约", "按次计费", "按小时计费"}) && !holds_any(text, {"中试"})) return kInstrument;
  return kAchievement;
}

std::uint32_t kinds_called(std::string_view title, std::string_view text) {
  std::uint32_t bits = 0;
  const auto call = [&](std::size_t place) { bits |= 1U << place; };
  if (holds_any(title, {"融资", "贷款", "借钱", "资金", "股权", "投资", "周转", "授信", "垫资", "找钱", "缺钱", "要钱", "垫款", "资金链"}) ||
      holds_any(text, {"股权融资", "想融资", "融资", "贷款", "授信", "周转金", "流动资金", "抵押", "估值", "天使轮", "投资人", "投资机构"}))
    call(kFund);
  if (holds_any(title, {"招", "博士", "专家", "人才", "副总", "顾问", "带头人", "首席", "指导"}) &&
      holds_any(text, {"博士", "教授", "专家", "副总", "顾问", "全职", "兼职", "柔性", "待遇", "聘"}))
    call(kExpert);
  if (holds_any(title, {"补贴", "申报", "政策", "奖补", "认定"})) call(kPolicy);
  if (holds_any(title, {"中试", "小批试产", "放大试验", "试产"})) call(kPilot);
  if (holds_any(title, {"数据集", "语料", "训练数据"})) call(kDataset);
  if (holds_any(title, {"借用", "送检", "检测设备", "哪里能测", "谁能测", "测一下"})) call(kInstrument);
  return bits;
}

namespace {

constexpr std::int64_t kFenPerYuan = 100;
constexpr std::size_t kBytesOfCharacter = 3;   // Han characters in UTF-8
constexpr std::size_t kDenialCharacters = 5;   // 不想再背 stands that near before what is not wanted

/// A cue that no 不想, 不要... stands before.
bool wants_any(std::string_view text, std::initializer_list<std::string_view> cues) {
  for (const auto cue : cues)
    for (auto at = text.find(cue); at != std::string_view::npos; at = text.find(cue, at + 1)) {
      const std::size_t from = at - std::min(at, kDenialCharacters * kBytesOfCharacter);
      if (!holds_any(text.substr(from, at - from), {"不想", "不要", "不愿", "不考虑", "不接受", "不做", "别"})) return true;
    }
  return false;
}

/// 300万, 1.5亿, 三百万, 一千二百万元: the number that ends at `end`, in yuan of its unit; 0 when none does.
double number_before(std::string_view text, std::size_t end) {
  static constexpr std::pair<std::string_view, double> kDigits[] = {{"一", 1}, {"二", 2}, {"两", 2}, {"三", 3}, {"四", 4}, {"五", 5},
                                                                      {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}};
  std::size_t begin = end;
  while (begin > 0 && ((text[begin - 1] >= '0' && text[begin - 1] <= '9') || text[begin - 1] == '.')) --begin;
  if (begin < end) return std::strtod(std::string(text.substr(begin, end - begin)).c_str(), nullptr);
  // From the right: digits wait for the unit before them.
  double sum = 0;
  double unit = 1;
  bool any = false;
  while (end >= kBytesOfCharacter) {
    const auto character = text.substr(end - kBytesOfCharacter, kBytesOfCharacter);
    if (character == "千" || character == "百" || character == "十") {
      unit = character == "千" ? 1000 : character == "百" ? 100 : 10;
    } else if (const auto* digit = std::ranges::find(kDigits, character, &std::pair<std::string_view, double>::first); digit != std::end(kDigits)) {
      sum += digit->second * unit;
      any = true;
    } else {
      break;
    }
    end -= kBytesOfCharacter;
  }
  return any ? sum : 0;
}

std::optional<std::int64_t> largest_sum(std::string_view text) {
  double largest = 0;
  for (const auto& [unit, yuan] : {std::pair<std::string_view, double>{"万", 1e4}, {"亿", 1e8}})
    for (auto at = text.find(unit); at != std::string_view::npos; at = text.find(unit, at + 1)) largest = std::max(largest, number_before(text, at) * yuan);
  constexpr double kSumMax = 1e13;  // yuan; more is a mistake
  if (largest <= 0 || largest > kSumMax) return std::nullopt;
  return static_cast<std::int64_t>(largest) * kFenPerYuan;
}

}  // namespace

std::uint8_t money_forms_offered(std::string_view title, std::string_view text) {
  const auto read = [](std::string_view words) {
    std::uint8_t forms = 0;
    if (holds_any(words, {"股权", "创投", "投资基金", "直投", "领投", "跟投", "天使", "种子", "Pre-A", "占股", "并购"})) forms |= kEquity;
    if (holds_any(words, {"贷", "押汇", "贴现", "信用证", "福费廷", "供应链金融", "抵押", "利率", "授信", "担保", "保理", "过桥", "质押", "票据", "证券化", "应收账款"})) forms |= kDebt;
    if (holds_any(words, {"租赁", "回租"})) forms |= kLease;
    if (holds_any(words, {"无偿", "补助", "资助"})) forms |= kGrant;
    return forms;
  };
  // The title says what it is; the text also says what it goes with.
  const std::uint8_t forms = read(title);
  return forms != 0 ? forms : read(text);
}

MoneyAsked money_asked(std::string_view title, std::string_view text) {
  MoneyAsked asked;
  for (const auto words : {title, text}) {
    if (wants_any(words, {"股权", "出让", "估值", "投资人", "投资机构", "天使", "领投", "入股", "占股"})) asked.forms |= kEquity;
    if (wants_any(words, {"借", "贷款", "利息", "周转", "授信", "垫资", "授信额度"})) asked.forms |= kDebt;
    if (wants_any(words, {"租赁", "分期买设备", "融资租"})) asked.forms |= kLease;
    if (wants_any(words, {"无偿", "补助", "资助"})) asked.forms |= kGrant;
    if (const auto sum = largest_sum(words); sum && sum > asked.amount_fen.value_or(0)) asked.amount_fen = sum;
  }
  return asked;
}

}  // namespace jingwei::match
