#include "match/internal/kinds.h"

#include <algorithm>
#include <initializer_list>

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
  if (holds_any(title, {"融资", "贷款", "借钱", "资金", "股权", "投资", "周转", "授信", "垫资"}) ||
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

}  // namespace jingwei::match
