// Sentence frames of the trades, of which the corpus of `./bench match` is made. Most frequent first: frames are drawn as Zipf's
// law says. {slot} is filled by corpus_text.h, [a|b] is one of the alternatives.
//   of the lexicon: symptom product method process material test cause      of a dictionary: noun verb
//   rare, made by combining: person firm university place grade model patent figure percent money year hours code
#pragma once

#include <span>
#include <string_view>

namespace jingwei::match::bench {

using Frames = std::span<const std::string_view>;

inline constexpr std::string_view kAchievementTitles[] = {
    "{product}{symptom}的{method}技术",
    "[面向|用于]{product}的{process}[工艺|技术|方案]",
    "{material}{process}成套[工艺|技术]",
    "{grade}{material}[制备|改性|应用]技术",
    "基于{method}的{product}[系统|装置]",
    "[低成本|高性能|新型|绿色]{material}及其[制法|应用]",
    "{product}{method}与{noun}[平台|软件]",
    "抑制{symptom}的{material}[配方|结构]",
    "{model}型{product}",
};
inline constexpr std::string_view kAchievementFrames[] = {
    "针对{product}[生产|使用|装配]中{symptom}的问题，[采用|引入|结合]{method}，使[不良率|返工率|停机时间]下降{percent}。",
    "以{material}为[主体|原料|基材]，经{process}制得，[强度|寿命|纯度|效率]达到{figure}。",
    "[解决|缓解|消除]了{cause}引起的{symptom}，已在{firm}[试用|量产|验证]{hours}。",
    "与[传统工艺|进口产品|现有方案]相比，[能耗|成本|周期]降低{percent}，[良率|精度|产能]提高{percent}。",
    "{method}与{process}结合，[在线|离线]控制{noun}，[波动|误差|偏差]不超过{figure}。",
    "样品经{test}，[结果|指标]优于{figure}，[满足|超过]{noun}要求。",
    "获[发明专利|实用新型|软件著作权]{patent}，[可转让|可许可|可作价入股]，[报价|许可费]{money}。",
    "主要用于{product}、{product}和{noun}，也可[推广到|移植到]{noun}行业。",
    "[核心|关键][部件|材料|算法]为{grade}，[自主|国产]化率{percent}。",
    "{university}与{firm}[联合|共同]开发，{year}年完成[小试|中试|验收]。",
    "工作[温度|压力|转速|电压]{figure}，[连续运行|循环]{hours}未见{symptom}。",
    "对{noun}、{noun}等[工况|原料|批次][适应性好|不敏感]，换型只需{figure}。",
    "[配套|随附]{noun}[手册|软件|夹具]，[操作工|班组]半天即可上手。",
};

inline constexpr std::string_view kExpertTitles[] = {
    "{person} [教授|副教授]（{product}与{process}）",
    "{person} 研究员（{material}）",
    "{person} [高级工程师|正高级工程师]（{symptom}诊断）",
    "{person} 博士（{method}）",
    "{person} [技师|首席技师]（{process}）",
};
inline constexpr std::string_view kExpertFrames[] = {
    "{university}[教授|副教授|研究员]，[长期|近十年]研究{method}与{process}。",
    "[擅长|熟悉|专攻]{product}的{symptom}[分析|治理]，[主持|完成]项目{figure}。",
    "曾[帮助|指导]{firm}解决{cause}造成的{symptom}，[年节约|增效]{money}。",
    "[可|愿意][担任科技副总|到厂诊断|远程指导|联合申报]，每[月|周]到场{figure}。",
    "在{material}[改性|制备|表征]方面[发表论文|获授权专利]{figure}，包括{patent}。",
    "[熟悉|掌握]{test}、{test}等[手段|方法]，能[出具|给出]改进方案。",
    "[原|曾]在{firm}任[总工|工艺经理|研发主管]，[带过|组建过]{noun}团队。",
    "[关注|研究]{noun}与{noun}的[交叉|耦合]，承担{noun}课题。",
};

inline constexpr std::string_view kPlatformTitles[] = {
    "{university}{material}[重点实验室|工程中心|研究中心]",
    "{place}{product}[检测中心|公共服务平台|创新中心]",
    "{product}{symptom}[失效分析|诊断]平台",
    "{place}{process}[技术服务|共享]平台",
};
inline constexpr std::string_view kPlatformFrames[] = {
    "[面向|服务]{place}[中小企业|产业集群]，[提供|开放]{test}、{test}和{process}服务。",
    "拥有{model}等设备{figure}，[资质|能力][覆盖|包括]{product}与{material}。",
    "可对{symptom}做[失效分析|原因排查|寿命评估]，{hours}出报告。",
    "[团队|专职人员]{figure}，[依托|挂靠]{university}，由{person}[负责|主持]。",
    "[累计|去年]服务企业{figure}，完成{product}[检测|攻关]任务，[涉及|包括]{noun}与{noun}。",
    "[创新券|科技券]可抵扣{percent}，[首次|会员]{noun}优惠。",
    "[建有|配备]{noun}试验线，[支持|承接]{method}[验证|开发]。",
    "[通过|取得]{noun}认可，编号{code}。",
};

inline constexpr std::string_view kInstrumentTitles[] = {
    "{model}{test}[仪|系统|装置]",
    "{test}[试验机|分析仪|设备] {model}",
    "[高精度|快速|在线]{test}设备（{grade}）",
    "{product}{test}台架",
};
inline constexpr std::string_view kInstrumentFrames[] = {
    "[型号|规格]{model}，[量程|分辨率|载荷|温度范围]{figure}，[精度|重复性]{figure}。",
    "可测{material}、{product}的{noun}与{noun}，[单次|每样]{figure}。",
    "[用于|适合][判断|定位|复现]{symptom}，[区分|识别]{cause}。",
    "[放置|安装]于{university}，[开放|预约]时间每周{hours}，[收费|机时费]{money}。",
    "[配有|可选]{noun}附件，[样品|试样]尺寸不超过{figure}。",
    "[操作|联系]人{person}，[提供|代做]{test}和数据解读。",
    "[年|平均]机时{hours}，[共享率|利用率]{percent}，设备编号{code}。",
};

inline constexpr std::string_view kPilotTitles[] = {
    "{material}{process}中试线",
    "{product}[中试基地|小批量试制线]",
    "{place}{process}[概念验证|中试]中心",
};
inline constexpr std::string_view kPilotFrames[] = {
    "[日产|单批|年产]{figure}，可做{material}、{material}的{process}放大。",
    "[配备|设有]{model}等[主机|反应器|设备]，[参数|配方]可调，[在线|离线]监测{noun}。",
    "[已完成|做过]{product}[试制|放大]{figure}，[帮助|协助]{firm}消除{symptom}。",
    "[单次|每批]费用{money}，[含|不含]{noun}与{test}。",
    "[支持|允许]企业[派员跟线|自带原料]，{hours}内[排期|交样]。",
    "[环评|安评]齐全，[可处理|允许使用]{noun}，由{firm}运营。",
};

inline constexpr std::string_view kFundTitles[] = {
    "{place}{noun}[科创|天使|产业]基金",
    "{firm}[知识产权质押贷|研发贷|设备融资租赁]",
    "{place}[首台套|专精特新|科技成果转化][专项基金|贴息贷款]",
};
inline constexpr std::string_view kFundFrames[] = {
    "[投向|支持]{product}、{material}和{noun}[方向|领域]，单笔[不超过|最高]{money}。",
    "[偏好|面向][初创|成长|成熟]期企业，[持股|占股]不超过{percent}。",
    "[利率|费率]{percent}，[期限|额度]{figure}，[可用|接受]专利{patent}质押。",
    "[由|委托]{firm}管理，[规模|首期]{money}，{year}年设立。",
    "[资料|手续]齐全{hours}内答复，[联系人|经理]{person}。",
    "[优先|重点]投{method}、{process}项目，[要求|看重]{noun}和{noun}。",
};

inline constexpr std::string_view kPolicyTitles[] = {
    "{place}{noun}[补助|奖励]办法",
    "{place}[技术改造|研发投入|人才引进|首台套]补助（{year}年）",
    "{place}支持{product}产业[若干政策|实施细则]",
};
inline constexpr std::string_view kPolicyFrames[] = {
    "对[购置|更新]{product}、{product}的企业，按投资额{percent}补助，最高{money}。",
    "[支持|鼓励]{material}、{method}等[攻关|首批次]项目，[事后|分期]补助{money}。",
    "[申报|受理]时间为{year}年，[由|经]{place}[科技局|经信局|发改局][审核|推荐]。",
    "[文号|编号]{code}，[有效期|执行期]至{year}年。",
    "[引进|聘用]{noun}人才的，给予[安家|薪酬]补贴{money}。",
    "[同一|相同]{noun}项目不重复享受，[须|应]提供{test}报告。",
};

inline constexpr std::string_view kScenarioTitles[] = {
    "{firm}{product}[应用|验证]场景",
    "{place}{noun}[示范|开放]场景",
    "{product}{symptom}[揭榜|开放]场景",
};
inline constexpr std::string_view kScenarioFrames[] = {
    "{firm}[开放|提供]{product}[产线|车间|库房]，[验证|试用]{method}。",
    "[现场|目前]存在{symptom}、{symptom}，[希望|要求][降到|控制在]{figure}以内。",
    "[预算|奖金]{money}，[周期|工期]{hours}，[验收|评价]看{noun}与{noun}。",
    "[可|能]提供{noun}数据、[场地|人员]和{material}样品。",
};

inline constexpr std::string_view kDatasetTitles[] = {
    "{product}{symptom}[图像|数据]集",
    "{material}{process}[参数|工艺]数据集",
    "{test}[曲线|图谱]库",
};
inline constexpr std::string_view kDatasetFrames[] = {
    "[收录|包含]{product}的{symptom}样本{figure}，[标注|复核]人{person}。",
    "[字段|变量]有{noun}、{noun}、{noun}，[采样|间隔]{figure}。",
    "[来源|取自]{firm}[产线|质检]，{year}年起[更新|采集]，[年费|授权费]{money}。",
    "[可用于|适合]{method}[训练|校核]，[格式|版本]{code}。",
};

/// Behind the sentences of any kind.
inline constexpr std::string_view kCommonFrames[] = {
    "[涉及|关联]{noun}、{noun}与{noun}。",
    "[可|能]{verb}{noun}，[也可|并]{verb}{noun}。",
    "[适合|面向]{noun}、{noun}行业。",
    "[合作|服务]方式[灵活|可谈]，[欢迎|可以]来[样|函|厂]{verb}。",
    "[地点|所在地]{place}，{noun}便利。",
    "对{noun}的{noun}[不作要求|有要求|影响很小]。",
    "[注意|说明]：{noun}{verb}时[需|应]{verb}{noun}。",
};

/// What people on the shop floor write when they need something.
inline constexpr std::string_view kNeedTitles[] = {"{product}老是{symptom}", "{symptom}怎么治", "想找人做{process}", "{material}用着不行",
                                                   "{product}上{symptom}，求办法"};
inline constexpr std::string_view kNeedFrames[] = {
    "我们[厂|公司|车间]做{product}的，[最近|今年|一直]{symptom}，[返工|退货|报废]有{percent}，[客户|质检]天天来催。",
    "[换过|试过]{material}，[头几天|刚开始]好一点，[后来|过一阵]又{symptom}。",
    "[老师傅|班长]怀疑是{cause}，也有人说是{process}没做到位，[谁也说不准|一直没查清楚]。",
    "[想要|希望]做到{figure}，[现在|目前]只有[一半|七成]，[加班|停线]也没用。",
    "[听说|同行讲]有{method}能治，[不知道|想问问]哪里能做，[最好|能]先[打个样|试一批]。",
    "[设备|机器]是[前年|大前年]买的{product}，[参数|温度|速度]来回调过，{symptom}还是压不住。",
    "[另外|还有]就是{symptom}，[夏天|冬天|夜班]特别[厉害|明显]，[修一次|停一次]要{money}。",
    "[预算|手头的钱]大概{money}，[年底|三个月|半年]之前要[见效|上线]。",
    "[有没有|能不能找到]做{test}的地方，[先|帮忙]看看到底是不是{cause}。",
    "[厂里|我们]没有懂{method}的人，[想请|最好来]一位[专家|工程师]驻厂[带一带|看一看]。",
    "用的是{grade}，{model}的[机子|模具]，[一班|一天]出{figure}。",
    "[料|工件]一[碰到|遇上]{noun}就[不稳|出毛病]，{noun}也[跟着|一起][出问题|变差]。",
    "[要求|条件]是[不改|少动]现有的{process}，[单件|每公斤]成本[别|不要]涨过{percent}。",
};

struct KindFrames {
  std::string_view kind;
  int percent;  ///< of all supplies
  Frames titles;
  Frames sentences;
};
inline constexpr KindFrames kKinds[] = {
    {"achievement", 40, kAchievementTitles, kAchievementFrames},
    {"expert", 15, kExpertTitles, kExpertFrames},
    {"platform", 12, kPlatformTitles, kPlatformFrames},
    {"instrument", 12, kInstrumentTitles, kInstrumentFrames},
    {"pilot", 6, kPilotTitles, kPilotFrames},
    {"fund", 6, kFundTitles, kFundFrames},
    {"policy", 4, kPolicyTitles, kPolicyFrames},
    {"scenario", 3, kScenarioTitles, kScenarioFrames},
    {"dataset", 2, kDatasetTitles, kDatasetFrames},
};

}  // namespace jingwei::match::bench
