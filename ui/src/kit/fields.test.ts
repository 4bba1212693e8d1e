import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import MarkdownField from './MarkdownField.svelte';
import NumberField from './NumberField.svelte';
import Pips from './Pips.svelte';
import Select from './Select.svelte';
import TextField from './TextField.svelte';

const user = userEvent.setup();

describe('TextField', () => {
  it('speaks once when it is left, and not when nothing changed', async () => {
    const oncommit = vi.fn();
    render(TextField, { label: 'Name', value: 'Pip', oncommit });
    const field = screen.getByLabelText('Name');
    await user.click(field);
    await user.tab();
    expect(oncommit).not.toHaveBeenCalled();
    await user.type(field, ' Underbough');
    await user.tab();
    expect(oncommit).toHaveBeenCalledExactlyOnceWith('Pip Underbough');
  });

  it('takes the edit back on Escape', async () => {
    const oncommit = vi.fn();
    render(TextField, { label: 'Name', value: 'Pip', oncommit });
    const field = screen.getByLabelText<HTMLInputElement>('Name');
    await user.type(field, 'xxx{Escape}');
    expect(field.value).toBe('Pip');
    await user.tab();
    expect(oncommit).not.toHaveBeenCalled();
  });

  it('says its error to screen readers', () => {
    render(TextField, { label: 'Handle', value: 'pip', error: 'Taken.' });
    const field = screen.getByLabelText('Handle');
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription('Taken.');
  });
});

describe('NumberField', () => {
  it('takes from the present value when a sign is typed', async () => {
    const oncommit = vi.fn();
    render(NumberField, { label: 'Hit points', value: 40, min: 0, max: 47, relative: true, oncommit });
    const field = screen.getByRole('spinbutton', { name: 'Hit points' });
    await user.click(field);
    await user.keyboard('-9{Enter}');
    expect(oncommit).toHaveBeenCalledExactlyOnceWith(31);
  });

  it('steps with the arrows within its limits and commits once after the last step', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const oncommit = vi.fn();
    render(NumberField, { label: 'Quantity', value: 8, min: 0, max: 10, oncommit });
    const field = screen.getByRole<HTMLInputElement>('spinbutton');
    field.focus();
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(field.value).toBe('10');
    expect(oncommit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(400);
    expect(oncommit).toHaveBeenCalledExactlyOnceWith(10);
    vi.useRealTimers();
  });

  it('brings the old value back for what is no number', async () => {
    const oncommit = vi.fn();
    render(NumberField, { label: 'Quantity', value: 8, oncommit });
    const field = screen.getByRole<HTMLInputElement>('spinbutton');
    await user.click(field);
    await user.keyboard('many');
    await user.tab();
    expect(field.value).toBe('8');
    expect(oncommit).not.toHaveBeenCalled();
  });

  it('takes nothing for a value only where that is allowed', async () => {
    const oncommit = vi.fn();
    render(NumberField, { label: 'Override', value: 8, optional: true, oncommit });
    const field = screen.getByRole('spinbutton');
    await user.clear(field);
    await user.tab();
    expect(oncommit).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('does not lose a step when it leaves the screen at once', async () => {
    const oncommit = vi.fn();
    const { unmount } = render(NumberField, { label: 'Quantity', value: 8, oncommit });
    screen.getByRole('spinbutton').focus();
    await user.keyboard('{ArrowDown}');
    unmount();
    expect(oncommit).toHaveBeenCalledExactlyOnceWith(7);
  });
});

describe('Pips', () => {
  it('spend and restore by keyboard as one slider', async () => {
    const onchange = vi.fn();
    render(Pips, { label: 'First level', value: 3, max: 4, onchange });
    screen.getByRole('slider', { name: 'First level' }).focus();
    await user.keyboard('{ArrowLeft}{End}{Home}2');
    expect(onchange.mock.calls.map(([value]) => value as number)).toEqual([2, 4, 0, 2]);
  });

  it('spend down to the pip that is clicked, and restore up to it', async () => {
    const onchange = vi.fn();
    const { container } = render(Pips, { label: 'First level', value: 3, max: 4, onchange });
    const pips = container.querySelectorAll('.pip');
    await user.click(pips[1] as Element);
    await user.click(pips[3] as Element);
    expect(onchange.mock.calls.map(([value]) => value as number)).toEqual([1, 4]);
  });

  it('are a picture with words where they cannot be changed', () => {
    render(Pips, { label: 'Death saves', value: 1, max: 3 });
    expect(screen.getByRole('img', { name: 'Death saves: 1 of 3' })).toBeInTheDocument();
  });
});

describe('MarkdownField', () => {
  it('reads as text, is edited from the keyboard, and commits when left', async () => {
    const oncommit = vi.fn();
    render(MarkdownField, { label: 'Notes', value: 'Some **bold** words', oncommit });
    expect(screen.getByText('bold').tagName).toBe('STRONG');
    screen.getByRole('button', { name: 'Edit Notes' }).focus();
    await user.keyboard('{Enter}');
    const field = screen.getByLabelText('Notes');
    expect(field).toHaveFocus();
    await user.keyboard('!');
    await user.tab();
    expect(oncommit).toHaveBeenCalledExactlyOnceWith('Some **bold** words!');
  });
});

describe('Select', () => {
  it('chooses by keyboard and says what is chosen', async () => {
    const onchange = vi.fn();
    const options = ['Strength', 'Dexterity', 'Wisdom'].map((label) => ({
      value: label.toLowerCase(),
      label,
    }));
    render(Select, { label: 'Ability', options, value: 'strength', onchange });
    const trigger = screen.getByLabelText('Ability');
    expect(trigger).toHaveTextContent('Strength');
    trigger.focus();
    await user.keyboard('{Enter}');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onchange).toHaveBeenCalledExactlyOnceWith('dexterity');
  });
});
