#include "reading/internal/phrases.h"

#include <algorithm>

#include "reading/internal/figures.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;
using Op = DraftPromiseOperator;

/// Never part of what is counted.
const std::vector<View> kTimesAndPlaces = {U"每年度", U"每年", U"每季度", U"每季", U"每个月", U"每月", U"年均", U"全年", U"年内",   U"本年", U"全市",
                                           U"全区",   U"全县", U"全省",   U"我市", U"我区",   U"我县", U"力争", U"争取", U"努力",   U"确保", U"累计",
                                           U"其中",   U"三年", U"五年",   U"两年", U"，",     U"、",   U"——",   U"预计", U"原则上", U"今后", U"未来"};
/// Adverbs where a verb follows; else perhaps part of a name: 重点实验室.
const std::vector<View> kAdverbs = {U"年度", U"重点", U"对外", U"分领域", U"常态化", U"加快",   U"推动",   U"积极",     U"持续", U"计划", U"将",
                                    U"再",   U"集中", U"共",   U"滚动",   U"逐步",   U"高标准", U"高水平", U"高质量",   U"大力", U"着力", U"全力",
                                    U"扎实", U"稳步", U"深入", U"进一步", U"分批",   U"分类",   U"统筹",   U"定期",     U"动态", U"优先", U"同步",
                                    U"鼓励", U"引导", U"全面", U"并",     U"还",     U"市级",   U"至少",   U"因地制宜", U"联合", U"共同", U"分别"};
/// They begin as a verb does.
const std::vector<View> kNouns = {
    U"服务业",   U"服务机构", U"服务平台",   U"应用场景", U"应用软件", U"开放平台", U"培训班",   U"培训基地", U"转化率", U"转化平台", U"覆盖率", U"覆盖面",
    U"研发投入", U"研发经费", U"研发费用",   U"研发机构", U"研发人员", U"研发平台", U"研发中心", U"研发强度", U"开发区", U"建设用地", U"建成区", U"孵化器",
    U"孵化面积", U"孵化载体", U"孵化基地",   U"上市公司", U"上市企业", U"挂牌企业", U"吸引力",   U"安置房",   U"签约率", U"解决率",   U"支持率", U"投入强度",
    U"组织覆盖", U"登记率",   U"服务企业数", U"形成率",   U"推广面积", U"认定企业", U"开放共享", U"创建率",   U"培育库", U"获批率",   U"储备库"};
const std::vector<View> kVerbs = {
    U"打造",     U"建设",     U"建成",   U"建立",     U"培育认定", U"新培育认定", U"新培育", U"培育", U"引进培育", U"引进",     U"新引进",   U"新引育",
    U"引育",     U"新增",     U"净增",   U"落地",     U"举办",     U"召开",       U"开展",   U"集聚", U"汇聚",     U"组织实施", U"组织开展", U"组织",
    U"滚动实施", U"实施",     U"选聘",   U"发布",     U"遴选支持", U"遴选",       U"支持",   U"招引", U"新招引",   U"招聘",     U"新认定",   U"认定",
    U"累计完成", U"完成",     U"创建",   U"推广应用", U"应用",     U"培养",       U"形成",   U"推广", U"服务",     U"新建",     U"新改建",   U"改造",
    U"争创",     U"获批",     U"新获批", U"设立",     U"新设立",   U"组建",       U"新组建", U"布局", U"征集",     U"攻克",     U"签约",     U"转化",
    U"孵化",     U"吸引",     U"编制",   U"推进",     U"开放",     U"上线",       U"上架",   U"登记", U"挂牌",     U"承办",     U"承担",     U"牵头",
    U"参与",     U"优化重组", U"重组",   U"选派",     U"评选",     U"谋划",       U"储备",   U"投放", U"发放",     U"培训",     U"盘活",     U"供应",
    U"整治",     U"淘汰",     U"制定",   U"修订",     U"主导",     U"研发",       U"推出",   U"申报", U"获评",     U"入选",     U"覆盖",     U"惠及",
    U"带动",     U"归集",     U"开发",   U"部署",     U"建好",     U"办好",       U"招收",   U"输送", U"走访",     U"对接",     U"解决",     U"兑现",
    U"安排",     U"募集",     U"投入",   U"新上",     U"升级",     U"规划建设",   U"育成",   U"招录", U"安置",     U"创成",     U"绘制",     U"出台"};
const std::vector<View> kMaking = {U"设立", U"新设立", U"组建", U"新组建", U"建立", U"打造", U"募集", U"形成"};
const std::vector<View> kPlaceVerbs = {U"支持", U"鼓励", U"推动", U"引导", U"指导", U"确保", U"要求"};
constexpr std::size_t kScopeCharactersMax = 16;

/// 到2027年(底), 2026年: its length.
std::size_t year_phrase(View text) {
  const auto at = find_year(text.substr(0, 6));
  if (!at || *at > 2) return 0;
  if (*at > 0 && !is_one_of(text[*at - 1], U"到至在于")) return 0;
  std::size_t end = *at + 4;
  if (end >= text.size() || text[end] != U'年') return 0;
  ++end;
  for (const View tail : {View(U"年底前"), View(U"底前"), View(U"年底"), View(U"底"), View(U"末"), View(U"前")})
    if (text.substr(end).starts_with(tail)) return end + tail.size();
  return end;
}

/// 支持各县（市、区）, 每个镇: whom it holds for, one by one.
std::size_t scope_at(View text) {
  const auto lead = longest_start(text, kPlaceVerbs);
  const View rest = text.substr(lead);
  if (!(rest.starts_with(U"各") || rest.starts_with(U"每个"))) return 0;
  std::size_t best = 0;
  int depth = 0;
  for (std::size_t i = 1; i < rest.size() && i < kScopeCharactersMax; ++i) {
    const char kind = bracket_kind(rest[i]);
    if (kind == '(') ++depth;
    if (kind == ')') --depth;
    if (depth == 0 && (kind == ')' || is_one_of(rest[i], U"区县市镇乡街园"))) {
      best = i + 1;
      // 各县（市、区） goes on behind the bracket.
      if (best < rest.size() && bracket_kind(rest[best]) == '(') continue;
      break;
    }
  }
  return best == 0 ? 0 : lead + best;
}

}  // namespace

std::size_t adverbs_before(View phrase, bool before_verb) {
  std::size_t at = 0;
  while (at < phrase.size()) {
    const View rest = phrase.substr(at);
    const std::size_t year = year_phrase(rest);
    std::size_t length = year > 0 ? year : longest_start(rest, kTimesAndPlaces);
    if (length == 0 && before_verb) length = longest_start(rest, kAdverbs);
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::optional<Doing> doing_of(const Words& phrase) {
  Doing doing;
  const View text = phrase.text;
  std::size_t at = adverbs_before(text, true);
  if (const auto length = scope_at(text.substr(at)); length > 0) {
    const auto lead = longest_start(text.substr(at), kPlaceVerbs);
    doing.scope = phrase.sub(at + lead, length - lead);
    at += length;
    at += adverbs_before(text.substr(at), true);
  }
  auto verb = longest_start(text.substr(at), kVerbs);
  // 新 before any verb.
  if (verb == 0 && text.substr(at).starts_with(U"新")) {
    verb = longest_start(text.substr(at + 1), kVerbs);
    if (verb > 0) ++verb;
  }
  if (verb == 0 || starts_with_any(text.substr(at), kNouns)) return std::nullopt;
  doing.verb = at;
  doing.is_at_least = contains(text.substr(0, at), U"至少");
  doing.object = at + verb;
  return doing;
}

Bound bound_before(View phrase) {
  static const std::vector<std::pair<View, Op>> words = {
      {U"不少于", Op::at_least}, {U"不低于", Op::at_least}, {U"不小于", Op::at_least}, {U"不下于", Op::at_least}, {U"至少", Op::at_least},
      {U"达到", Op::at_least},   {U"达", Op::at_least},     {U"增长到", Op::at_least}, {U"增至", Op::at_least},   {U"增加到", Op::at_least},
      {U"提升到", Op::at_least}, {U"提升至", Op::at_least}, {U"提高到", Op::at_least}, {U"提高至", Op::at_least}, {U"扩大到", Op::at_least},
      {U"扩大至", Op::at_least}, {U"上升到", Op::at_least}, {U"保持在", Op::at_least}, {U"稳定在", Op::at_least}, {U"超过", Op::over},
      {U"超", Op::over},         {U"突破", Op::over},       {U"高于", Op::over},       {U"大于", Op::over},       {U"多于", Op::over},
      {U"逾", Op::over},         {U"不超过", Op::at_most},  {U"不高于", Op::at_most},  {U"不多于", Op::at_most},  {U"不大于", Op::at_most},
      {U"控制在", Op::at_most},  {U"降至", Op::at_most},    {U"降到", Op::at_most},    {U"下降到", Op::at_most},  {U"下降至", Op::at_most},
      {U"压缩至", Op::at_most},  {U"压缩到", Op::at_most},  {U"缩短至", Op::at_most},  {U"缩短到", Op::at_most},  {U"低于", Op::under},
      {U"小于", Op::under},      {U"少于", Op::under},      {U"约", Op::about},        {U"大约", Op::about},      {U"近", Op::about},
      {U"为", Op::equal},        {U"共", Op::equal}};
  Bound best;
  for (const auto& [word, op] : words)
    if (phrase.ends_with(word) && word.size() > best.length) best = {op, word.size()};
  return best;
}

Bound bound_behind(View phrase) {
  static const std::vector<std::pair<View, Op>> words = {{U"以上", Op::at_least}, {U"及以上", Op::at_least}, {U"或以上", Op::at_least},
                                                         {U"左右", Op::about},    {U"上下", Op::about},      {U"以内", Op::at_most},
                                                         {U"之内", Op::at_most},  {U"以下", Op::at_most},    {U"及以下", Op::at_most}};
  Bound best;
  for (const auto& [word, op] : words)
    if (phrase.starts_with(word) && word.size() > best.length) best = {op, word.size()};
  return best;
}

bool is_past_or_condition(View clause) {
  return contains_any(clause, {U"已",   U"现有", U"目前",     U"以来",   U"截至",   U"同比",   U"给予",   U"奖励", U"补助", U"补贴", U"资助", U"奖补",
                               U"贴息", U"最高", U"注册资本", U"价值在", U"价值为", U"价值超", U"价值不", U"原值", U"单价", U"单台", U"年龄", U"周岁"});
}

std::size_t rank_words_at_end(View phrase) {
  constexpr std::size_t kRankCharactersMax = 14;
  if (!phrase.ends_with(U"前")) return 0;
  const std::size_t from = phrase.size() - std::min(phrase.size(), kRankCharactersMax);
  std::size_t best = 0;
  for (const View word : {View(U"进入"), View(U"位居"), View(U"稳居"), View(U"位列"), View(U"跻身"), View(U"保持"), View(U"排名"), View(U"居"), View(U"列")})
    if (const auto at = phrase.find(word, from); at != View::npos) best = std::max(best, phrase.size() - at);
  if (best == 0) best = longest_end(phrase, {U"全省前", U"全国前", U"全市前"});
  return best;
}

std::size_t size_word_at_end(View phrase) { return longest_end(phrase, {U"总规模", U"规模", U"总额", U"资金规模", U"首期规模"}); }

bool is_making_verb(View verb) { return std::find(kMaking.begin(), kMaking.end(), verb) != kMaking.end(); }

}  // namespace jingwei::reading
