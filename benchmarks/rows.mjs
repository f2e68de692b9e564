// The file of the import benchmark: achievements with 12 filled columns, the same rows at every run, owners from a few dozen
// organizations that are made first.
import { generator } from '../tests/fault/node.mjs';

const segments = ['chem.polymer', 'chem.surface', 'chem.coating', 'chem.electronic', 'pv.module', 'pv.storage', 'nev.battery'];
const regions = ['330402', '330411', '330421', '330424', '330481', '330482', '330483'];
const ways = ['转让', '许可', '合作开发', '转让;许可'];
const things = ['聚酰胺薄膜', '锂电池隔膜', '光伏背板', '伺服电机', '纺丝组件', '减速器齿轮', '电镀添加剂', '水性涂料', '温控阀', '视觉检测算法', '焊接机器人', '热泵机组', '硅碳负极', '碳纤维预浸料', '注塑模具', '传感器芯片'];
const ends = ['开裂', '翘曲', '针孔', '异响', '发热', '漏液', '掉粉', '色差', '磨损', '能耗偏高', '良率偏低', '尺寸漂移'];
const means = ['双向拉伸', '等离子处理', '梯度升温', '有限元校核', '在线测厚', '原位聚合', '激光微织构', '多目标寻优', '界面改性', '闭环控制', '超声分散', '真空脱泡'];
const figures = ['良率由 91% 提高到 97.5%', '能耗下降 18%', '寿命超过 2000 小时', '厚度公差 ±3%', '表面粗糙度 Ra0.4', '响应时间 12 ms', '耐温 150 ℃', '节拍 8 秒'];

export const organizationsCount = 60;
export const columns = '成果名称,持有单位,成果说明,产业链环节,所在地,技术成熟度,转让或许可价格,转化方式,知识产权,有效期至,可接受底价,出处';

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A social credit code with its check digit (GB 32100). */
function uscc(number) {
  const body = `91330402MA${String(number).padStart(7, '0')}`;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += usccAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return body + usccAlphabet[(31 - (sum % 31)) % 31];
}

export function organizationRows() {
  const rows = Array.from({ length: organizationsCount }, (_, i) => `基准企业${String(i).padStart(3, '0')}有限公司,${uscc(i)},enterprise,${regions[i % regions.length]}`);
  return `单位名称,统一社会信用代码,单位类型,所在地\n${rows.join('\n')}\n`;
}

export function achievementRows(count, seed = 20_261_120) {
  const random = generator(seed);
  const one = (list) => list[Math.floor(random() * list.length)];
  const rows = [columns];
  for (let i = 0; i < count; ++i) {
    const thing = one(things);
    const text = `针对${thing}${one(ends)}的问题，用${one(means)}与${one(means)}相结合的工艺，${one(figures)}，${one(figures)}；已在${1 + Math.floor(random() * 30)}条产线验证，适合${one(things)}与${one(things)}的批量生产。`;
    rows.push([
      `${one(means)}${thing}${String(i).padStart(6, '0')}`, `基准企业${String(Math.floor(random() * organizationsCount)).padStart(3, '0')}有限公司`, text, one(segments), one(regions),
      1 + Math.floor(random() * 9), 10 + Math.floor(random() * 490), one(ways), `已授权发明专利${1 + Math.floor(random() * 5)}件`, '2099-12-31', 5 + Math.floor(random() * 5), '基准数据',
    ].join(','));
  }
  return `${rows.join('\n')}\n`;
}

const kinds = ['路演', '创新沙龙', '跨区域对接'];

/** Events of some years before this one, so that the promises of this year stay as they are. */
export function eventRows(count) {
  const rows = ['活动名称,活动类型,举办日期,主办单位,举办地,参加企业,内容和成效,虚构示例'];
  for (let i = 0; i < count; ++i) {
    const day = new Date(Date.UTC(2022, 0, 1 + (i % 1_400))).toISOString().slice(0, 10);
    rows.push(`基准活动第${String(i).padStart(6, '0')}场,${kinds[i % kinds.length]},${day},基准企业${String(i % organizationsCount).padStart(3, '0')}有限公司,${regions[i % regions.length]},${5 + (i % 40)},基准数据，虚构,是`);
  }
  return `${rows.join('\n')}\n`;
}
